"""Check lists: one row for each thing that was looked at; only what failed is a finding."""

from __future__ import annotations

import re

from app.intake.readers.cells import Parts, parts_of
from app.intake.readers.headers import Header
from app.intake.readers.judging import has_passed, says_none, sounds_wrong
from app.intake.readers.lines import fold
from app.intake.readers.rules import rule
from app.intake.readers.worth import ticked

_ASKS = rule(r"是否|有无|有没有|能否|可否|会不会")
_FAILED = rule(
    r"(?:不|未|没)(?:合格|符合|达标|到位|落实|规范|通过|具备|完善|齐全|健全)(?:要求|规定|标准)?[。.]?|否|×|✗|✘|[xX]|不|未|差|较差"
)


def defects_of(row: list[str], head: Header, results: list[int]) -> Parts:
    """What failed in a row with one result column or several (own check, supervisor's check)."""
    item, remark = _told(row, head, "item"), _told(row, head, "remark", "demand")
    found: Parts = []
    for place in results:
        cell = row[place].strip() if place < len(row) else ""
        for label, words in _failed(cell, item, remark):
            if not any(_alike(words, known) for _, known in found):
                found.append((label, words))
    return found


def _told(row: list[str], head: Header, *meanings: str) -> str:
    """The last column of that kind says most closely what was looked at."""
    said = [row[place].strip() for place in head.all(*meanings) if place < len(row) and row[place].strip()]
    return said[-1] if said else ""


def _failed(cell: str, item: str, remark: str) -> Parts:
    plain = fold(cell)
    if not cell:
        return []
    answer = ticked(plain)
    if _FAILED.fullmatch(plain) or answer is not None:
        return [("", _named(cell, item, remark))] if is_bad(plain, answer, fold(item)) else []
    if says_none(plain) or has_passed(plain):
        return []
    return [
        (label, words) for label, words in parts_of(cell) if not has_passed(fold(words)) and sounds_wrong(fold(words))
    ]


_JUDGED = rule(r".*(?:符合|合格|达标|到位|通过|结果|评价|判定|结论).*")


def judges(head: Header) -> bool:
    """Whether a column only judges what was looked at."""
    return any(_JUDGED.fullmatch(fold(head.names[place])) for place in head.all("tick", "result"))


def _verdicts(row: list[str], head: Header) -> list[bool]:
    """What the columns that only judge say of the row."""
    places = [place for place in head.all("tick", "result") if _JUDGED.fullmatch(fold(head.names[place]))]
    said = [ticked(fold(row[place])) for place in places if place < len(row) and row[place]]
    return [one for one in said if one is not None]


def passes(row: list[str], head: Header) -> bool:
    """Whether the row itself says that all is well."""
    verdicts = _verdicts(row, head)
    return bool(verdicts) and all(verdicts)


def failed_item(row: list[str], head: Header) -> str:
    """What was looked at, where the row says no more than that it failed."""
    verdicts = _verdicts(row, head)
    return _told(row, head, "item") if verdicts and not any(verdicts) else ""


def is_bad(plain: str, answer: bool | None, item: str) -> bool:
    """A yes is bad where the item asks for something bad (“是否存在隐患”), a no is bad where it asks for good."""
    asks = _ASKS.search(item)
    if plain in ("有", "无", "没有", "是", "否") and not asks:
        return plain == "否"
    rest = _ASKS.sub("", item)
    asks_for_bad = bool(asks) and sounds_wrong(rest)
    return bool(answer) == asks_for_bad


_STILL = ("未修复", "未整改", "仍", "还未", "尚未整改", "同自查", "未落实整改", "整改中")


def _named(cell: str, item: str, remark: str) -> str:
    if remark and sounds_wrong(fold(remark)):
        return remark
    return f"{item}：{cell}" if item else cell


def _alike(one: str, other: str) -> bool:
    """Whether two checkers write of the same thing."""
    a, b = re.sub(r"\W", "", fold(one)), re.sub(r"\W", "", fold(other))
    if a in b or b in a or a.startswith(_STILL):
        return True
    first, second = {a[i : i + 2] for i in range(len(a) - 1)}, {b[i : i + 2] for i in range(len(b) - 1)}
    return len(first & second) >= 0.5 * min(len(first), len(second))
