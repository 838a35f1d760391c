"""Check lists: one row for each thing that was looked at; only what failed is a finding."""

from __future__ import annotations

import re

from app.intake.readers import marks, questions
from app.intake.readers import signs_in_english as english
from app.intake.readers.cells import Parts, parts_of
from app.intake.readers.columns import own_name
from app.intake.readers.grids import held
from app.intake.readers.headers import Header
from app.intake.readers.judging import has_passed, praises, says_none, sounds_wrong
from app.intake.readers.lines import fold
from app.intake.readers.questions import asks_for_bad, is_a_question, is_bad, opinion, tells_what, without_opinion
from app.intake.readers.rules import rule
from app.intake.readers.tongues import in_english
from app.intake.readers.worth import ticked

_FAILED = rule(
    r"(?:不|未|没)(?:合格|符合|达标|到位|落实|规范|通过|具备|完善|齐全|健全|正常)(?:要求|规定|标准)?[。.]?|否|×|✗|✘|[xX]|不|未|差|较差"
)
_PUT_RIGHT = rule(r"已(?:当场|现场|清理|拖干|修复|更换|改|处理|补|拆|清)")
_NOT_THERE = rule(
    r"空[房置]|停[用课业]|不适用|不涉及|无此项|未使用|未开放|(?:.{0,8}[,。])?(?:本次)?未(?:检查?|抽?查)|同上|详见|见附"
)
PRAISE = rule(r"(?i:good practices?|positive(?: observation)?|strength)|亮点|良好(?:实践|做法)|好(?:的)?做法|经验")
_JUDGED = rule(
    r".*(?:符合|合格|达标|到位|通过|结果|评价|判定|结论|完好|正常|自查|复查|复核|自检|抽查|检查|核查|督查|督导|巡查|检验|巡检|互查|验收).*"
)
_HALF = rule(r"(?:基本|部分)(?:合格|符合|达标|到位|落实|通过|正常|完好)(?:要求|规定|标准)?")
_NOTES = rule(r"备注?|注|附注|其他|其它")


def defects_of(row: list[str], head: Header, results: list[int], telling: frozenset[int]) -> Parts:
    """What failed in a row with one result column or several (own check, supervisor's check).

    In the columns `telling` most cells say that all is well, and whatever else they say is amiss.
    """
    item, remark = _told(row, head, "item"), _told(row, head, "remark", "demand")
    if (is_fine := verdict(row, head)) is not None:
        return [] if is_fine and not _wrong_words(row, results) else _failed_check(row, results, item, remark)
    if not head.all("item") and _notes_only(row, head, results):
        remark = ""  # words beside several crosses explain none of them
    halves = any(_HALF.fullmatch(fold(row[place])) for place in results if place < len(row))
    if halves and sounds_wrong(fold(remark)):  # “基本合格”: what is wanting stands beside it
        return parts_of(remark)
    if len(results) > 1 and _explains(remark, [row[place] for place in results if place < len(row)]):
        return parts_of(remark)
    found: Parts = []
    for place in results:
        cell = row[place].strip() if place < len(row) else ""
        for label, words in _failed(cell, item or _named_by(head, results, place), remark, place in telling):
            if not any(_alike(words, known) for _, known in found):
                found.append((label, words))
    return found


def _notes_only(row: list[str], head: Header, results: list[int]) -> bool:
    """Several crosses, and beside them a column of notes that nobody named one of explanations."""
    crosses = [place for place in results if place < len(row) and _FAILED.fullmatch(fold(row[place]))]
    return len(crosses) > 1 and all(_NOTES.fullmatch(head.names[place]) for place in head.all("remark", "demand"))


def _explains(remark: str, cells: list[str]) -> bool:
    """Whether words beside several marks say what is wrong."""
    if len(remark) < 4 or _PUT_RIGHT.search(remark):
        return False
    return sounds_wrong(fold(remark)) or any(_FAILED.fullmatch(fold(cell)) for cell in cells)


def _failed_check(row: list[str], results: list[int], item: str, remark: str) -> Parts:
    """What was seen where the row says that it failed; else what was looked at."""
    words = _wrong_words(row, results) or [cell for cell in _words(row, results)[-1:] if len(cell) > 3]
    if words:
        return [
            part for one in _each_once(words) for part in questions.crossed(one, item) or parts_of(without_opinion(one))
        ]
    says = remark if remark and not says_none(fold(remark)) else ""
    return parts_of(says) if tells_what(says, fold(says)) else [("", item or says)] if item or says else []


def _each_once(words: list[str]) -> list[str]:
    """What several checkers wrote, without what only repeats another."""
    once: list[str] = []
    for one in words:
        if not any(_alike(one, known) for known in once):
            once.append(one)
    return once


def _words(row: list[str], places: list[int]) -> list[str]:
    cells = [row[place].strip() for place in places if place < len(row)]
    return [cell for cell in cells if cell and (opinion(near := fold(cell)) is not None or _answer(near) is None)]


def _wrong_words(row: list[str], places: list[int]) -> list[str]:
    return [cell for cell in _words(row, places) if sounds_wrong(fold(cell))]


def _named_by(head: Header, results: list[int], place: int) -> str:
    """One column for each thing that was looked at: its heading names the thing."""
    return own_name(head.names[place]) if len(results) > 1 else ""


def _told(row: list[str], head: Header, *meanings: str) -> str:
    """The last column of that kind says most closely what was looked at."""
    said = [row[place].strip() for place in head.all(*meanings) if place < len(row) and row[place].strip()]
    return said[-1] if said else ""


def telling(rows: list[list[str]], results: list[int]) -> frozenset[int]:
    """The columns in which a third of what is written says that all is well."""
    said = {place: [fold(cell) for cell in held(rows, place)] for place in results}
    return frozenset(place for place, cells in said.items() if sum(map(has_passed, cells)) * 3 >= max(3, len(cells)))


def _failed(cell: str, item: str, remark: str, is_telling: bool) -> Parts:
    plain = fold(cell)
    if not cell or (why := questions.crossed(cell, item)):
        return why if cell else []
    answer = ticked(plain)
    if _FAILED.fullmatch(plain) or answer is not None:
        return [("", _named(cell, item, remark))] if is_bad(plain, answer, fold(item)) else []
    if says_none(plain) or has_passed(plain) or _NOT_THERE.match(plain):
        return []
    is_wrong = _is_amiss if is_telling else sounds_wrong
    return [(label, words) for label, words in parts_of(cell) if not has_passed(near := fold(words)) and is_wrong(near)]


def _is_amiss(plain: str) -> bool:
    return sounds_wrong(plain) or not (
        len(plain) < 4 or _NOT_THERE.match(plain) or praises(plain) or has_passed(re.split(r"[,;]", plain)[0])
    )


def judges(head: Header) -> bool:
    """Whether a column only judges what was looked at, or there are marks for it."""
    return bool(_judging(head)) or marks.are_given(head)


def _judging(head: Header) -> list[int]:
    places = head.all("tick", "result")
    judging = [place for place in places if _judges_by(fold(head.names[place]))]
    return judging if len(places) - len(judging) < 2 else []  # 护学岗到位 may be one of the things looked at


def _judges_by(name: str) -> bool:
    """“检查情况/车辆状况” judges its own thing, not the row."""
    if name.isascii():
        return in_english(name) == "result"
    return "/" not in name and (bool(_JUDGED.fullmatch(name)) or asks_for_bad(name))


def verdict(row: list[str], head: Header) -> bool | None:
    """Whether the row says that all is well; the last who looked is right. None where nobody judged."""
    item = fold(_told(row, head, "item"))
    said = [
        not is_bad(plain, answer, name if is_a_question(name := fold(head.names[place])) else item)
        for place in _judging(head)
        if place < len(row) and (answer := _answer(plain := fold(row[place]))) is not None
    ]
    return said[-1] if said else marks.well(row, head)


def _answer(plain: str) -> bool | None:
    if plain.isascii() and (answer := english.verdict(plain)) is not None:
        return answer
    answer = False if _FAILED.fullmatch(plain) else ticked(plain)
    return opinion(plain) if answer is None else answer


def passes(row: list[str], head: Header) -> bool:
    """Whether the row itself says that all is well."""
    return verdict(row, head) is True or any(PRAISE.fullmatch(row[place]) for place in head.all("category", "weight"))


def failed_item(row: list[str], head: Header) -> str:
    """What was looked at, where the row says no more than that it failed."""
    return _told(row, head, "item") if verdict(row, head) is False else ""


_STILL = ("未修复", "未整改", "仍", "还未", "尚未整改", "同自查", "属实", "情况属实", "同意", "未落实整改", "整改中")


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
