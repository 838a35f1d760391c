"""What a column holds, told by its cells, where its heading leaves that open."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import takewhile

from app.intake.readers import items, several
from app.intake.readers.columns import LONGEST, meaning_of, own_name
from app.intake.readers.dates import is_only_a_date
from app.intake.readers.grids import Grid, held, spans, spread
from app.intake.readers.headers import Header, column_name, settled
from app.intake.readers.judging import has_passed
from app.intake.readers.kinds import is_a_day, is_a_name, is_amiss, is_an_act, mostly, telling
from app.intake.readers.lines import fold
from app.intake.readers.people import unit_alone
from app.intake.readers.rules import rule
from app.intake.readers.worth import is_a_status

_ENOUGH = 40  # rows that tell what a column holds
_NEAR = 8  # rows among which names are looked for
_NO_FINDINGS = rule(r"(?:计划|安排|方案|规划|预算|名册|值班|统计|职责|分工|制度|标准|细则)(?:一览)?表?(?:[(（].*)?\s*$")
_LATER = rule(r".*(?:限|前|期|要求|改完|改好|弄好|截|拟|计划|约).*")
_EITHER = rule(r".*(?:完成|整改|办结|时间|日).*")  # planned or done
_WHO = rule(r".*(?:谁|人|负责|责任|担当|经办).*")
_BY_THEN = rule(r"(?:整改|治理)?完成(?:时间|日期)")  # planned or done: the words of its cells tell
_TO_COME = rule(r"[前底内]$|立即|即[日时]|立行|长期|持续|尽快|待")
_LEAST = 2  # columns that names tell
_NAMES = 3
_SHORT = 14  # signs of the name of a place
_TITLES = 3  # rows among which a title stands
_OF_A_LIST = {"number", "owner", "planned", "unknown", "site", "unit", "place", "found"}
_MAY_TELL = {None, "item", "remark", "result"}
_OPEN = {None, "demand", "measure", "target"}


def settle(head: Header, grid: Grid) -> None:
    """Give a meaning to columns whose headings have none, or another than their cells."""
    rows = grid.rows[head.body : head.body + _ENOUGH]
    named = [place for place, name in enumerate(head.names) if name]
    several.settle(head, rows)
    items.settle(head, rows)
    for place in head.all("done") if not head.all("planned", "unknown") else []:
        if _BY_THEN.fullmatch(head.names[place]) and any(map(_TO_COME.search, held(rows, place))):
            head.meanings[place] = "unknown"
    for place in named:
        name, meaning = head.names[place], head.meanings[place]
        if meaning in _OPEN and not head.all("planned", "unknown") and mostly(rows, place, is_a_day):
            head.meanings[place] = _kind_of_day(name, meaning)
        elif meaning is None and not head.all("owner", "leader") and _WHO.fullmatch(name):
            head.meanings[place] = "owner" if mostly(rows, place, is_a_name) else None
    problem = head.first("problem")
    if problem is not None and not head.all("measure"):
        behind = (place for place in named if place > problem and head.meanings[place] is None)
        for place in [place for place in behind if mostly(rows, place, is_an_act)][:1]:
            head.meanings[place] = "measure"


def _kind_of_day(name: str, meaning: str | None) -> str | None:
    """A column of days is one of deadlines only when its heading lets it be one."""
    if meaning or _LATER.fullmatch(name):
        return "planned"
    return "unknown" if _EITHER.fullmatch(name) else None


def guessed(grid: Grid) -> Header | None:
    """The header of a table that no name tells of; None where its title says that it is none of findings."""
    if any(_NO_FINDINGS.search(words.pop()) for row in grid.rows[:_TITLES] if len(words := {*row} - {""}) == 1):
        return None
    return header_of(grid) or without_names(grid)


def header_of(grid: Grid) -> Header | None:
    """Short names, in one row or two, above a column that tells what is wrong, though no name says so."""
    for at, depth, names in name_rows(grid):
        meanings = [meaning_of(own_name(name)) for name in names]
        rows = grid.rows[at + depth : at + depth + _ENOUGH]
        least = 3 if {"owner", "planned"} <= {*meanings} else 5  # of nine
        may_tell = (place for place, name in enumerate(names) if name and meanings[place] in _MAY_TELL)
        told = {place: amiss for place in may_tell if (amiss := telling(rows, place)) * 9 >= least}
        if told and _OF_A_LIST & {*meanings} and sum(meaning is not None for meaning in meanings) >= _LEAST:
            meanings[max(told, key=lambda place: (meanings[place] != "remark", told[place], -place))] = "problem"
            return Header(at, depth, names, settled(names, meanings), _LEAST)
    return None


_AROUND = {"owner", "planned", "unknown", "unit", "site", "found", "done", "verifier", "tick", "photo", "leader"}
_MANY = 3


def told_by_one(grid: Grid) -> Header | None:
    """The header of a list whose one column of sentences tells what is wrong, with much of a list around it."""
    head = header_of(grid)
    if head is None or len(_AROUND & {*head.meanings}) < _MANY:
        return None
    rows = grid.rows[head.body : head.body + _ENOUGH]
    others = (place for place, name in enumerate(head.names) if name and head.meanings[place] in _MAY_TELL)
    return None if any(telling(rows, place) * 9 >= 5 for place in others) else head


def _is_counted(row: list[str]) -> bool:
    return bool(row) and row[0].isdigit()


def without_names(grid: Grid) -> Header | None:
    """A numbered list in columns above which nobody wrote what they hold."""
    counted = list(filter(_is_counted, grid.rows))
    above = list(takewhile(lambda row: not _is_counted(row), grid.rows)) if counted else []
    if any(len({*row} - {""}) >= _NAMES for row in above):
        return None  # somebody wrote it, only not in words that are known
    rows = (counted or [row for row in grid.rows if any(row)])[:_ENOUGH]
    told = [place for place in range(1, grid.width) if mostly(rows, place, is_amiss)] if len(rows) > 1 else []
    if not told or not (counted or _speaks_for_itself(rows, told[0], grid.width)):
        return None
    names = ["序号" if counted else "单位名称", *[""] * (grid.width - 1)]
    names[told[0]] = "存在问题"
    for place in range(1, grid.width):
        if place not in told and (name := next((name for name, is_one in _KINDS if mostly(rows, place, is_one)), "")):
            names[place] = name if name not in names else ""
    _name_the_rest(names, rows, told[0])
    return Header(0, 0, names, [meaning_of(name) if name else None for name in names], _LEAST)


def _speaks_for_itself(rows: list[list[str]], problem: int, width: int) -> bool:
    """Without a number, persons and days must stand behind the problems, and a short name before each."""
    behind = range(problem + 1, width)
    kinds = [any(mostly(rows, place, is_one) for place in behind) for is_one in (is_a_day, is_a_name)]
    return all(kinds) and all(len(row) == width and 2 < len(row[0]) <= _SHORT for row in rows)


def _name_the_rest(names: list[str], rows: list[list[str]], problem: int) -> None:
    """Short words that repeat before the problems are places; what stands right behind them is what is done."""
    if "学校" not in names and (place := next((at for at in range(1, problem) if _repeats(rows, at)), None)):
        names[place] = "单位名称"
    behind = problem + 1
    if "整改措施" not in names and behind < len(names) and not names[behind] and _tells_much(rows, behind):
        names[behind] = "整改措施"


def _repeats(rows: list[list[str]], place: int) -> bool:
    said = held(rows, place)
    return len(said) > len({*said}) > 1 and all(2 < len(cell) <= _SHORT and not cell.isdigit() for cell in said)


def _tells_much(rows: list[list[str]], place: int) -> bool:
    said = held(rows, place)
    several = len({*said}) * 2 > len(said) > 1
    return several and not any(has_passed(near := fold(cell)) or is_a_status(near) or len(near) < 2 for cell in said)


_KINDS = (("学校", unit_alone), ("整改期限", is_a_day), ("责任人", is_a_name), ("整改措施", is_an_act))


def name_rows(grid: Grid) -> Iterator[tuple[int, int, list[str]]]:
    """Rows that may name the columns, two where one spans others: three short names or more, each once."""
    owner = spread(grid)
    for at, row in enumerate(grid.rows[:_NEAR]):
        if len({*row} - {""}) < _NAMES:
            continue
        for depth in (2, 1) if spans(grid, at) else (1,):
            names = [column_name(grid, at, depth, place, owner) for place in range(grid.width)]
            if _may_name([name for name in names if name]):
                yield at, depth, names


def _may_name(said: list[str]) -> bool:
    return _NAMES <= len(said) == len({*said}) and not any(
        len(name) > LONGEST // 2 or is_only_a_date(fold(name)) or name.isdigit() or has_passed(fold(name))
        for name in said
    )
