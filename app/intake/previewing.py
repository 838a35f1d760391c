"""A list on the table: its reading, what was corrected so far, and what each button does before it is taken in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from app.db import release
from app.findings.queries import units_to_choose
from app.inspections.models import Inspection
from app.intake import proposals, queries
from app.intake.actions import Sent
from app.intake.aside_sheet import forget_why
from app.intake.differing import NEW, Change, differences, is_a_version
from app.intake.fields import posted, settled
from app.intake.files import Meanwhile, nothing_collected
from app.intake.likeness import Likeness
from app.intake.looking import Look, look
from app.intake.models import USUAL_DAYS, Preview
from app.intake.naming import Names
from app.intake.owners import Owners
from app.intake.pages import Page, compare, page_of
from app.intake.proposals import Values
from app.intake.queries_names import names_meant
from app.intake.reading import Reading
from app.intake.sources import fingerprint, reading_of
from app.people.models import Person

MOST_ROWS = 10_000
COMPARE = "compare"  # among the corrections: whether she said that it is a version of the earlier list, or none


@dataclass
class Table:
    """Everything one look at a list needs, fetched in a number of statements that does not grow with it."""

    preview: Preview
    viewer: Person
    visit: Inspection
    names: Names
    reading: Reading
    rule: dict[str, Any]
    first_rows: list[Values]
    first_measures: list[Values]
    changes: list[Change]
    gone: list[Change] = field(default_factory=list)
    forgot: bool = False
    compared: bool = False

    @property
    def rows(self) -> list[Values]:
        """The values of all problems as they stand."""
        return _overlaid(self.first_rows, self.preview.corrections.get("rows", {}))

    @property
    def measures(self) -> list[Values]:
        """The values of all measures as they stand."""
        return _overlaid(self.first_measures, self.preview.corrections.get("measures", {}))

    def anew(self, preview: Preview, visit: Inspection, said: dict[str, Any]) -> Table:
        """The same list after what was loaded had to be given up, with what was corrected."""
        table = lay(preview, visit, self.viewer)
        table.preview.corrections, table.rule = said, self.rule
        return table

    def look(self, today: date) -> Look:
        """Every row with what is wrong and what is lacking."""
        with nothing_collected():
            seen = look(self.reading, self.rows, self.measures, self.names, self.changes, today)
        seen.gone = self.gone
        return seen

    def page(self, seen: Look, number: int, only_to_look_at: bool) -> Page:
        """One page of it, its rows compared with what is there already."""
        shown = page_of(seen, number, only_to_look_at)
        units = {one.unit.id for one in shown.problems if one.unit}
        known = Likeness(queries.already_there(self.viewer, self.visit, units))
        compare(shown, known, Owners(queries.holders(units)))
        return shown


def _overlaid(first: list[Values], corrections: dict[str, Values]) -> list[Values]:
    return [values | corrections.get(str(at), {}) for at, values in enumerate(first)]


def read_ahead(sent: Sent, year: int, issuer_id: int, meanwhile: Meanwhile = lambda: None) -> dict[str, str]:
    """Read what was sent with no transaction open; what its columns mean, where the same headings were seen before.

    `meanwhile` is called now and then, and may raise to give it up.
    """
    release()
    reading = reading_of(Preview(name=sent.name, sha256=sent.sha256, text=sent.text, columns={}), year, meanwhile)
    kept = queries.remembered(issuer_id, queries.mark_of(one.heading for one in reading.columns))
    if kept is None or not reading.columns:
        return {}
    columns = dict(kept.meanings)
    release()
    reading_of(Preview(name=sent.name, sha256=sent.sha256, text=sent.text, columns=columns), year, meanwhile)
    return columns


def lay(preview: Preview, visit: Inspection, viewer: Person) -> Table:
    """Read the list and lay it on the table; raises Unreadable."""
    issuer = visit.task.issuer_unit
    names = Names(units_to_choose(issuer), names_meant(issuer.id))
    reading = reading_of(preview, visit.starts_on.year)
    forget_why(reading)
    rule = rule_of(visit) | {name: value for name, value in preview.rule.items() if value is not None}
    with nothing_collected():
        rows = [proposals.row_values(found, names, rule["unit"]) for found in reading.findings]
        measures = [proposals.measure_values(read) for read in reading.measures]
    changes, gone = [NEW] * len(rows), list[Change]()
    compared = _compared(preview, reading)
    if compared is not None:
        changes, gone = compared
    table = Table(preview, viewer, visit, names, reading, rule, rows, measures, changes, gone)
    table.compared = compared is not None
    _untick(table)
    _still_fits(table)
    return table


def _compared(preview: Preview, reading: Reading) -> tuple[list[Change], list[Change]] | None:
    """What changed since the list of that name was taken in; None where this is another list, or is said to be."""
    if preview.against is None or (said := preview.corrections.get(COMPARE)) is False:
        return None
    before = queries.before(preview.against)
    changes, gone = differences(reading, before)
    return (changes, gone) if said or is_a_version(reading, changes, len(before)) else None


def _untick(table: Table) -> None:
    """What the visit has already, and what did not change, is not ticked again."""
    units = {unit.id for values in table.first_rows if (unit := table.names.find(values["unit"]))}
    known = Likeness(queries.already_there(table.viewer, table.visit, units)) if table.first_rows else None
    for values, change in zip(table.first_rows, table.changes, strict=True):
        unit = table.names.find(values["unit"])
        there = bool(known and known.is_written_down(values["text"], unit.id if unit else None))
        if change.what in ("same", "moved") or (change.what == "new" and there):
            values["take"] = False


def _still_fits(table: Table) -> None:
    """Corrections made on another reading of the list are not put on this one."""
    mark = fingerprint(table.reading)
    if table.preview.mark != mark:
        table.forgot = bool(table.preview.mark and table.preview.corrections)
        table.preview.mark, table.preview.corrections = mark, {}


def rule_of(visit: Inspection) -> dict[str, Any]:
    """The rule a list begins with: the days the issuing unit keeps, or the usual ones."""
    kept = queries.days_of(visit.task.issuer_unit_id)
    return {"unit": "", "past": False} | {weight: getattr(kept, weight, usual) for weight, usual in USUAL_DAYS.items()}


def absorb(table: Table, form: Any, rows: Iterable[int], measures: Iterable[int]) -> None:
    """Keep what a page says of its rows, where it differs from the first look."""
    said = {"rows": dict(table.preview.corrections.get("rows", {})),
            "measures": dict(table.preview.corrections.get("measures", {}))}  # fmt: skip
    known = table.rows
    for at in rows:
        found = table.reading.findings[at]
        put(said["rows"], at, settled(posted(form, "rows", at, known[at]), found.deadline, "deadline_on"),
             table.first_rows[at])  # fmt: skip
    answering = table.measures
    for at in measures:
        due = table.reading.measures[at].due
        put(said["measures"], at, settled(posted(form, "measures", at, answering[at]), due.on if due else None,
             "due_on"), table.first_measures[at])  # fmt: skip
    table.preview.corrections = table.preview.corrections | said


def put(corrections: dict[str, Values], at: int, said: Values, first: Values) -> None:
    """Keep of a row only what differs from the first look."""
    changed = {name: value for name, value in said.items() if value != first[name]}
    if changed:
        corrections[str(at)] = changed
    else:
        corrections.pop(str(at), None)
