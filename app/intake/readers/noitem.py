"""Rows below a header that name no problem: totals, notes, signatures, headings of groups, passed checks."""

from __future__ import annotations

import functools
import re
from itertools import islice

from app.intake.readers import worth
from app.intake.readers.columns import meaning_of, name_of
from app.intake.readers.grids import Grid
from app.intake.readers.headers import header_at
from app.intake.readers.judging import has_passed, praises, sounds_wrong
from app.intake.readers.lines import fold
from app.intake.readers.rules import rule
from workflows.grammar import Sentence, say

_TOTAL = rule(r"(?:合计|总计|小计|共计|累计)(?:[:\d]|$)|总数$|(?i:(?:grand|sub)?totals?:?$)")
_REMARK = r"(?:备注|注|说明|填表说明|填报说明|注意事项|注释)\d?[:.、]|填表说明"
_ONLY_A_REMARK = rule(_REMARK)
_NOTE = rule(
    rf"{_REMARK}|"
    r"(?i:signed|signature|(?:prepared|inspected|approved|reviewed|completed|checked|audited|signed(?:off)?)by|assessor|inspector):|"
    r".{0,8}(?:填报人|填表人|审核人|制表人|报送人|联系人|单位负责人|负责人|检查人员?|责任督学|督学|校长|园长|检查组|领导|陪检人)"
    r"\s?(?:\(?签[字名章]\)?|签章)?\s?[:(]|.{0,12}(?:签字|签名|盖章|公章)\)?[:\s]*$"
)
# “督学后续建议”, “检查结论”: a label below the table, with its words beside it.
_SAID_BELOW = rule(r"[\u4e00-\u9fff()/]{0,10}(?:意见|建议|结论|批示|审批|评语|总评|签收|审核)(?:\(.{0,8}\))?[:]?")
COUNTED = r"(?:[已未共][^,。]{0,4})?\d{1,6}(?:\.\d+)?[%个项处条起件次]?"
_COUNTS = rule(COUNTED)
_LEADING = rule(r"^[（(]?(?:\d{1,3}|[一二三四五六七八九十]{1,3})[)）、.．]+\s*")
_COUNT_BEHIND = rule(r"\s*[(（]\s*(?:共|合计)?\s*\d{1,4}\s*[个项处条起件]?(?:问题|隐患)?\s*[)）]\s*[:：]?$")
_IN_CHARACTERS = rule(r"[(]?[一二三四五六七八九十]{1,3}[)、.]")
NO_PROBLEM = say("The row names no problem.")
NO_RESULT = say("The row names no result.")
PASSED = say("The row reads as a passed check.")
TOTAL = say("The row is a total.")
GROUP = say("The row is the heading of a group.")
NOTE = say("The row is a note or a signature.")


def why_no_item(row: list[str], merges: bool, problem: str) -> Sentence | None:
    """Why a row is none of the list; `merges` when its sheet merges cells, `problem` is its cell of problems."""
    held = [cell for cell in row if cell]
    plain = re.sub(r"\s", "", fold(held[0][:80]))
    if _TOTAL.match(plain):
        return TOTAL
    if (
        _NOTE.match(plain)
        or _is_a_line_of_a_form(held, plain)
        or (len(held) <= 2 and plain.startswith(("以上", "特此", "此表", "本表")))
    ):
        return NOTE
    if len({*held}) == 2 and _SAID_BELOW.fullmatch(plain) and not sounds_wrong(plain):
        return NOTE
    alone = len(held) == 1 or (merges and len(set(held)) == 1)
    names_a_group = not problem or (merges and _IN_CHARACTERS.match(plain) and not sounds_wrong(plain))
    return GROUP if alone and len(plain) <= 30 and names_a_group else None


_OF_A_FORM = {"planned", "unknown", "done", "found", "owner", "leader", "verifier", "phone", "progress", "demand"}


def _is_a_line_of_a_form(held: list[str], plain: str) -> bool:
    """“整改期限：”, or “签收人 | 洪亮 | 签收日期 | …”: labels and their words below the list."""
    if len(held) < 2 or len(plain) > 12:
        return False
    if plain.endswith(":"):
        return meaning_of(plain[:-1]) is not None
    return len(held) in (2, 4) and all(meaning_of(name_of(label)) in _OF_A_FORM for label in held[::2])


def is_a_note(plain: str) -> bool:
    """“说明：…” beside a table tells how it is filled in."""
    return bool(_ONLY_A_REMARK.match(plain.strip()))


_TELLS_HOW = rule(r"(?:填[表报写]|使用|编制)?(?:说明|须知|指南)|填[表报写]要求|注意事项|readme", re.IGNORECASE)


def tells_how(grid: Grid) -> bool:
    """A sheet of instructions: its name says so, or its first words."""
    first = next((cell for row in grid.rows for cell in row if cell), "")
    return any(_TELLS_HOW.fullmatch(fold(words).strip(" :.。")) for words in (grid.name, first))


def is_empty(grid: Grid) -> bool:
    """A form that nobody has filled in: names of columns, and below them nothing but numbers."""
    telling = (at for at, row in enumerate(grid.rows) if any(cell and not cell.strip(" .、").isdigit() for cell in row))
    held = list(islice(telling, 2))
    return len(held) == 1 and len(grid.rows) > 1 and header_at(grid.rows, held[0]) is not None


def name_of_group(row: list[str]) -> str:
    """What the heading of a group names, without its number."""
    words = _COUNT_BEHIND.sub("", _LEADING.sub("", next(cell for cell in row if cell)))
    return "" if words.isdigit() else words


@functools.lru_cache(maxsize=1024)
def says_nothing(plain: str) -> Sentence | None:
    """Why the words of a cell are no problem; None when they are one."""
    if praises(plain):
        return PASSED
    if len(plain) > 24 and not has_passed(plain):
        return None
    if not plain or worth.is_left_open(plain) or _COUNTS.fullmatch(plain):
        return NO_PROBLEM
    if len(plain) <= 10 and not sounds_wrong(plain) and meaning_of(plain):
        return NO_PROBLEM  # the name of another field: an empty form
    return PASSED if has_passed(plain) else None
