"""A table of measures that answers the problems above it by their numbers: 对应序号 | 整改举措 | 责任人 | 完成时间.

Only a heading that says whose numbers they are makes that certain; a table may simply count its own rows.
"""

from __future__ import annotations

from app.intake.readers.cells import parts_of
from app.intake.readers.columns import meaning_of, name_of
from app.intake.readers.grids import Grid
from app.intake.readers.headers import Header
from app.intake.readers.lines import fold
from app.intake.readers.named_items import numbers_in
from app.intake.readers.pairs import number_of
from app.intake.readers.parts import Part
from app.intake.readers.rules import rule
from app.intake.readers.values import Row, Said
from app.intake.reading import Link
from workflows.grammar import say

_THEIRS = rule(
    r"(?:对应|针对|所属|关联|涉及|解决|应对)的?(?:问题|隐患|不足|缺陷|条目|条款)?(?:的)?(?:序号|编号|号|项)?|(?:问题|隐患)(?:的)?(?:序号|编号|号)"
)
_DUTIES = rule(r"责任(?:清单|分工|分解|落实)|任务(?:分工|分解)|分工(?:表|方案)")
_TASKS = rule(r"(?:整改|工作|议定|具体|重点|主要)?(?:任务|事项|工作|行动|安排|内容)(?:名称|内容|描述)?|怎么改|做什么")
# “Q1、Q5”, “第3项”, “问题2”, “1-3”: nothing but which problems.
_SIGN = r"(?:第|问题|隐患|缺陷|[A-Za-z]{1,4}[-.]?)?\s?\(?(?:\d{1,4}|[一二三四五六七八九十]{1,3}|[①-⑳])\)?\s?[号项条个点]?(?:问题)?"
_REFERS = rule(rf"{_SIGN}(?:\s?(?:[、,;/及和至到~—–-]|\s|(?=\())\s?{_SIGN})*")
_SIGNED = rule(r"[A-Za-z\d]+(?:[-.][A-Za-z\d]+)*")
_CODE = rule(r"[A-Za-z]{1,4}(?=[-.]?\d)")
_NUMBERED = say("The measure names the number of this problem.")


def refers(grid: Grid) -> bool:
    """Whether a column of the table says which problems of another list its rows answer."""
    head = _header(grid)
    number = head.first("number") if head else None
    if head is None or number is None or not _THEIRS.fullmatch(head.names[number]):
        return False
    cells = [row[number] for row in grid.rows[head.body :] if len(row) > number and row[number]]
    return bool(cells) and all(_REFERS.fullmatch(fold(cell)) for cell in cells)


def read(grid: Grid, part: Part) -> bool:
    """Add its measures to the problems of `part`, or say who answers for them."""
    return _measures(grid, part) or _duties(grid, part)


def _duties(grid: Grid, part: Part) -> bool:
    """责任清单: persons and days beside the numbers of the problems above, each of which it must name."""
    head = _names(grid, {"owner", "leader", "unit", "planned"})
    number = head.first("number") if head else None
    if head is None or number is None or not _says_whose(grid):
        return False
    rows = [(at, row) for at, row in enumerate(grid.rows[head.body :], head.body) if len(row) > number and row[number]]
    named = [_same(part, row[number]) for _at, row in rows]
    if not rows or len(rows) != len(part.findings) or not all(len(places) == 1 for places in named):
        return False
    values = Row(head, grid, part)
    for (at, row), places in zip(rows, named, strict=True):
        said = values.said(at, row + [""] * (len(head.names) - len(row)))
        _complete(part, places, said)
        for place in places:
            part.findings[place].extra = said[1] | part.findings[place].extra
    return True


def _says_whose(grid: Grid) -> bool:
    """“责任清单”, “任务分工”: the sheet or its title."""
    first = next((cell for row in grid.rows for cell in row if cell), "")
    return any(_DUTIES.search(fold(words)) for words in (grid.name, first))


def _names(grid: Grid, wanted: set[str]) -> Header | None:
    """A row of names among which are a number and one of those wanted, and neither problems nor measures."""
    for at, row in enumerate(grid.rows[:3]):
        names = [name_of(cell) for cell in row]
        meanings = ["number" if _THEIRS.fullmatch(name) else meaning_of(name) for name in names]
        if "number" in meanings and wanted & {*meanings} and not {"problem", "measure", "result"} & {*meanings}:
            return Header(at, 1, names, meanings, 2)
    return None


def _same(part: Part, sign: str) -> list[int]:
    """The problems that stand under exactly this number."""
    return [place for place, found in enumerate(part.findings) if found.number.strip() == sign.strip()]


def _is_a_code(sign: str) -> bool:
    """W-3, 2026-017: no mere count of rows."""
    return not sign.strip().isdigit() and bool(_SIGNED.fullmatch(sign.strip()))


def _measures(grid: Grid, part: Part) -> bool:
    """Add its measures to the problems of `part`; False when it is no such table or answers fewer than half its rows."""
    head = _header(grid)
    if head is None:
        return False
    number, measure = head.first("number"), head.first("measure")
    assert number is not None
    assert measure is not None
    rows = [(at, row) for at, row in enumerate(grid.rows[head.body :], head.body) if len(row) > max(number, measure)]
    answers = [(at, row, _answered(part, row[number])) for at, row in rows if row[number] and row[measure]]
    if not answers or sum(bool(places) for _at, _row, places in answers) * 2 < len(answers):
        return False
    values, names_theirs = Row(head, grid, part), bool(_THEIRS.fullmatch(head.names[number]))
    for at, row, places in answers:
        said = values.said(at, row + [""] * (len(head.names) - len(row)))
        by_code = _is_a_code(row[number]) and _same(part, row[number]) == places
        is_sure = by_code or (names_theirs and len(places) == len(_numbers(row[number])))
        links = tuple(Link(place, is_sure, _NUMBERED) for place in places)
        part.measures += [values.measure(said, text, label, links) for label, text in parts_of(row[measure])]
        if is_sure or (names_theirs and len({part.findings[place].row for place in places}) == 1):
            _complete(part, places, said)
    return True


def _header(grid: Grid) -> Header | None:
    """A row of names among which are a number and a measure, and no problem."""
    for at, row in enumerate(grid.rows[:3]):
        names = [name_of(cell) for cell in row]
        meanings = ["number" if _THEIRS.fullmatch(name) else meaning_of(name) for name in names]
        theirs = [place for place, name in enumerate(names) if _THEIRS.fullmatch(name)]
        if theirs:
            meanings = [None if one == "number" and place != theirs[0] else one for place, one in enumerate(meanings)]
            _name_tasks(names, meanings)
            if not {"planned", "unknown"} & {*meanings}:  # “完成日期” of a task that is set here
                meanings = ["unknown" if one == "done" else one for one in meanings]
        if {"number", "measure"} <= {*meanings} and not {"problem", "result"} & {*meanings}:
            return Header(at, 1, names, meanings, 2)
    return None


def _name_tasks(names: list[str], meanings: list[str | None]) -> None:
    """Beside the numbers of problems a column of tasks, or of what is asked for, holds the measures."""
    if "measure" in meanings:
        return
    for wanted in (lambda at: _TASKS.fullmatch(names[at]), lambda at: meanings[at] in ("demand", "progress")):
        if (place := next((at for at in range(len(names)) if wanted(at)), None)) is not None:
            meanings[place] = "measure"
            return


def _numbers(sign: str) -> list[int]:
    return numbers_in(_CODE.sub("", fold(sign)))


def _answered(part: Part, sign: str) -> list[int]:
    """The problems with those numbers; several of one number where the lists above begin anew."""
    wanted = [number for number in _numbers(sign) if number]
    return [
        place
        for number in dict.fromkeys(wanted)
        for place, found in enumerate(part.findings)
        if number_of(found.number) == number
    ]


def _complete(part: Part, places: list[int], said: Said) -> None:
    """Owner and day of the measure are those of the problems of its number that name none."""
    beside = said[0]
    for found in (part.findings[place] for place in places):
        if not found.owner_raw:
            found.owner, found.owner_raw = beside.owner, beside.owner_raw
        if not found.deadline_raw and beside.due:
            found.deadline, found.deadline_raw, found.deadline_meaning, found.deadline_inferred = beside.ends
