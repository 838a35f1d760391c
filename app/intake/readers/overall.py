"""Who and until when, said beside a table for all its rows: “整改责任人：凌霄”, “整改期限：…”, where no column says it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from app.intake.readers import closing
from app.intake.readers.columns import meaning_of, name_of
from app.intake.readers.dates import find_day, read_date
from app.intake.readers.grids import Grid
from app.intake.readers.lines import Line, fold
from app.intake.readers.parts import Part
from app.intake.readers.people import names_in
from app.intake.readers.rules import rule
from app.intake.readers.settle import not_before
from app.intake.reading import ReadFinding

_OF_ALL = rule(
    r"(?:^|[。;])\s*(?:(?:以上|上述|上列|所有|全部|各项|本次)[^,。;:]{0,10})?(?:(?:整改|总|具体整改)?责任人|整改负责人)(?:均|都|统一)?(?:为|是|:)\s?(?P<who>[^,。;:]{2,24})"
    r"|(?:^|[。;])\s*(?:以上|上述|上列|所有|全部|各项)[^,。;:]{0,12}由(?P<by>[^,。;:]{2,20}?)(?:老师|同志)?(?:总|统一|全面|具体|统筹|牵头)?(?:负责|牵头|落实|督促)"
)
_OF_ONE = rule(
    r"(?:^|[,。;])\s*(?P<what>[^,。;:]{2,16}?)(?:的?(?:问题|隐患|部分))?由(?P<who>[^,。;:]{2,20}?)(?:老师|同志)?(?:具体)?(?:负责|整改|落实)"
)
_ANY_YEAR = 2000
_SIGNED = rule(r"签[字名章]|盖章")


def name_owners(lines: Sequence[Line], findings: Sequence[ReadFinding]) -> None:
    """Give rows that name nobody the one who is named for the thing they speak of, else for all."""
    bare = [found for found in findings if not found.owner_raw]
    if not bare or len(bare) < len(findings):
        return
    for line in lines:
        if not ("责任人" in line.plain or "负责" in line.plain) or _SIGNED.search(line.plain) or len(line.plain) > 300:
            continue
        _name(line, bare)


def _name(line: Line, bare: Sequence[ReadFinding]) -> None:
    for hit in _OF_ONE.finditer(line.plain):
        what = line.raw[hit.start("what") : hit.end("what")]
        for found in bare if names_in(hit["who"]) else ():
            if what == found.number or what in (found.unit, *found.extra.values()):
                _own(found, line, hit.span("who"))
    if (all_of := _OF_ALL.search(line.plain)) and names_in(all_of[all_of.lastgroup or 0]):
        for found in bare:
            if not found.owner_raw:
                _own(found, line, all_of.span(all_of.lastgroup or 0))


def _own(found: ReadFinding, line: Line, span: tuple[int, int]) -> None:
    found.owner, found.owner_raw = names_in(line.plain[slice(*span)]), line.raw[slice(*span)]


def day_in(blocks: Sequence[Line | Grid]) -> str:
    """Until when, told in a row of the table that says little else: a label and a day, or a sentence for all."""
    rows = (row for block in blocks if isinstance(block, Grid) for row in block.rows)
    return next(filter(None, map(_day_in_a_row, rows)), "")


def _day_in_a_row(row: list[str]) -> str:
    held = list(dict.fromkeys(filter(None, row)))
    for label, said in pairwise(held):
        is_label = len(held) == 2 or fold(label).endswith(":")
        if is_label and meaning_of(name_of(label)) == "planned" and find_day(fold(said), _ANY_YEAR)[0]:
            return said
    speaks = len(held) == 1 or (len(held) == 2 and meaning_of(name_of(held[0])) in ("demand", "planned"))
    if not speaks or len(held[-1]) <= 9:
        return ""
    clause = closing.for_all(Line(1, held[-1], fold(held[-1])))
    return clause.raw if clause else ""


def date_all(tables: Part, said: str) -> None:
    """“…于11月30日前完成整改” beside a table without a column of deadlines is said of all its rows."""
    due = not_before(read_date(said, fold(said), "planned", tables.year), tables.written) if said else None
    if due is None:
        return
    for found in tables.findings:
        found.deadline, found.deadline_raw, found.deadline_inferred = due.on, due.raw, due.inferred
