"""What waits on a viewer, what she was told, and how many there are; always as she may see it."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from sqlalchemy import func, literal, select, union_all
from sqlalchemy.orm import aliased

from app.calendars.models import CalendarYear
from app.db import db
from app.escalations.watches import Alert
from app.extensions.models import Extension
from app.findings.models import Finding
from app.inspections.models import Inspection
from app.measures.models import Measure, MeasureLink
from app.orders.models import Order
from app.people.models import SUPERVISING, Person
from app.reports.models import Report
from app.tasks.entries import Entry, EntryText, Listener
from app.tasks.models import Party, Task, Wait
from app.tasks.queries import visible_to
from app.tasks.standing import ON_BEHALF
from app.units.models import Unit
from workflows.roles import Role

RETURNING = ("send_back", "return_plan", "ask_again")
SUBJECTS = (Finding, Measure, Extension, Report, Inspection, Order)
FOLDED = 500  # rows a desk looks at; who has more goes to the ledger


def around(viewer: Person) -> tuple[int, int | None, int]:
    """How many entries she has not read, the last year whose calendar is known, and what needs an administrator."""
    row = db.session.connection().execute(_around(viewer.identities, viewer.is_admin)).one()
    return row[0], row[1], row[2]


@lru_cache(maxsize=1000)
def _around(identities: frozenset[int], is_admin: bool) -> Any:
    told = Listener.person_id.in_(identities), Listener.read_at.is_(None)
    count = select(func.count()).select_from(Listener).where(*told).scalar_subquery()
    alerts = select(func.count()).select_from(Alert).where(Alert.settled_at.is_(None)).scalar_subquery()
    year = select(func.max(CalendarYear.year)).scalar_subquery()
    return select(count, year, alerts if is_admin else literal(0))


def waiting(viewer: Person) -> list[Any]:
    """Everything in her hands, the longest wait first."""
    asked = (
        select(
            Task.id, Task.kind, Task.number, Task.title, Task.state, Task.open, Task.submitted_at, Task.due_on,
            Task.returns, Task.parent_id, Unit.name.label("unit"), Wait.role, Wait.started_at, Wait.until,
            func.coalesce(*(subject.id for subject in SUBJECTS)).label("subject_id"),
        )
        .join(Wait, Wait.task_id == Task.id)
        .outerjoin(Unit, Unit.id == Task.unit_id)
        .where(Task.open, Wait.id.in_(_held_by(viewer)))
        .order_by(Wait.started_at, Task.id)
        .limit(FOLDED)
    )  # fmt: skip
    for subject in SUBJECTS:
        asked = asked.outerjoin(subject, subject.task_id == Task.id)
    return list(db.session.execute(asked).all())


def _held_by(viewer: Person) -> Any:
    """The open waits in her hands, one index each: an OR over both makes SQLite read all of them."""
    open_ones = select(Wait.id).where(Wait.ended_at.is_(None))
    named = open_ones.where(Wait.person_id.in_(viewer.identities))
    seats = [open_ones.where(Wait.unit_id == s.unit_id, Wait.post == s.kind, Wait.person_id.is_(None))
             for s in viewer.seats]  # fmt: skip
    return union_all(named, *seats, *_on_behalf(open_ones, viewer))


def _on_behalf(open_ones: Any, viewer: Person) -> list[Any]:
    """What lies with units right below hers that have no account: nobody there can see it."""
    above = {seat.unit_id for seat in viewer.seats if seat.kind in SUPERVISING}
    mute = select(Unit.id).where(Unit.parent_id.in_(above), Unit.has_account.is_(False))
    theirs = open_ones.where(Wait.unit_id.in_(mute), Wait.role.in_(ON_BEHALF), Wait.person_id.is_(None))
    return [theirs] if above else []


def served(measures: Iterable[int]) -> dict[int, list[tuple[int, str]]]:
    """The task ids and states of the findings that each measure serves."""
    ids = list(measures)
    found: dict[int, list[tuple[int, str]]] = {}
    if not ids:
        return found
    links = (
        select(MeasureLink.measure_id, Task.id, Task.state)
        .join(Finding, Finding.id == MeasureLink.finding_id)
        .join(Task, Task.id == Finding.task_id)
        .where(MeasureLink.measure_id.in_(ids), Task.open)
    )
    for measure, task, state in db.session.execute(links):
        found.setdefault(measure, []).append((task, state))
    return found


def reasons(tasks: Iterable[int]) -> dict[int, str]:
    """Why each of the tasks was last sent back, where it was and not erased."""
    ids = list(tasks)
    if not ids:
        return {}
    asked = (
        select(Entry.task_id, EntryText)
        .join(EntryText, EntryText.entry_id == Entry.id)
        .where(Entry.task_id.in_(ids), Entry.step.in_(RETURNING))
        .order_by(Entry.seq)
    )
    return {task: text.said.get("reason", "") for task, text in db.session.execute(asked)}


def to_withdraw(viewer: Person) -> list[Any]:
    """Proposed withdrawals that she may confirm: a second person's decision."""
    seats = {(seat.unit_id, seat.kind) for seat in viewer.seats}
    party, any_task = aliased(Party), aliased(Task)
    proposed = select(any_task.id).where(any_task.withdrawal_by_id.is_not(None))
    asked = (
        select(Task.id, Task.number, Task.title, Unit.name.label("unit"), party.unit_id, party.post,
               Finding.id.label("subject_id"))
        .join(Finding, Finding.task_id == Task.id)
        .join(party, (party.task_id == Task.id) & party.until.is_(None))
        .outerjoin(Unit, Unit.id == Task.unit_id)
        .where(Task.id.in_(proposed), Task.open, Task.withdrawal_by_id.not_in(viewer.identities),
               party.role.in_((Role.LEADER, Role.INSPECTOR)), visible_to(viewer))
        .order_by(Task.id)
    )  # fmt: skip
    rows = {row.id: row for row in db.session.execute(asked) if (row.unit_id, row.post) in seats}
    return list(rows.values())
