"""The ledger's one query: plain rows by date, a page at a time, each page as dear as the first."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import Date, Integer, Row, bindparam, false, func, literal_column, select, tuple_, union_all
from sqlalchemy.orm import aliased

from app.db import db
from app.findings.filters import Filters
from app.findings.models import Finding
from app.findings.narrowing import conditions
from app.people.models import Person
from app.tasks import reach
from app.tasks.models import Task, Wait
from app.tasks.queries import visible_to
from app.tasks.reach import Reach
from app.units.models import Unit

PLAIN = Filters()


def _name(of: Any, key: Any) -> Any:
    """A name looked up row by row: as joins these would cost PostgreSQL more to plan than the page to read."""
    named = aliased(of)
    return select(named.name).where(named.id == key).correlate(Task, Wait).scalar_subquery()


COLUMNS = (
    Finding.id.label("finding_id"), Task.id.label("task_id"), Task.kind, Task.number, Task.title,
    _name(Unit, Task.unit_id).label("unit"), Task.clause, _name(Person, Task.owner_id).label("owner"), Task.due_on,
    Task.due_key, Task.state, Task.open, Task.submitted_at, Task.returns, Wait.started_at,
    func.coalesce(_name(Person, Wait.person_id), _name(Unit, Wait.unit_id)).label("holder"),
)  # fmt: skip

# Only what comes after the page before: by key, so that no page is dearer than the first.
AFTER = (
    tuple_(Task.due_key, Task.id) > tuple_(bindparam("after_on", type_=Date()), bindparam("after_id", type_=Integer())),
)


@dataclass(frozen=True)
class Page:
    """Some rows of the ledger and where the next page begins."""

    rows: list[Row[Any]]
    after: str | None


JOINED = (
    select(*COLUMNS)
    .select_from(Task)
    .join(Finding, Finding.task_id == Task.id)
    .outerjoin(Wait, (Wait.task_id == Task.id) & Wait.ended_at.is_(None))
    .order_by(Task.due_key, Task.id)
)


def page(viewer: Person, filters: Filters, today: date) -> Page:
    """The findings of that view from the cursor on; one row more is read to know whether more follow."""
    view, cursor = reach.of(viewer), filters.cursor
    plain = replace(filters, after="") == PLAIN
    statement = _plain(view, cursor is not None) if plain else _statement(view, filters, viewer, today)
    given = {"after_on": cursor[0], "after_id": cursor[1]} if cursor else {}
    found = db.session.connection().execute(statement, given).all()
    rows = list(found[: filters.limit])
    more = len(found) > filters.limit
    return Page(rows, f"{rows[-1].due_key}.{rows[-1].task_id}" if more else None)


@lru_cache(maxsize=1000)
def _plain(view: Reach, goes_on: bool) -> Any:
    """All that is open is asked for most often, so the statement is put together once."""
    return _merged(view, [Task.kind == "finding", Task.open, *(AFTER if goes_on else ())], PLAIN.limit + 1)


def _statement(view: Reach, filters: Filters, viewer: Person, today: date) -> Any:
    wanted = [*conditions(filters, viewer, today), *(AFTER if filters.cursor else ())]
    return _merged(view, wanted, filters.limit + 1)


def _merged(view: Reach, wanted: Any, limit: int) -> Any:
    """One part in order is read as it is; of several, the first of each are merged by their keys."""
    in_order, gathered = view.in_order(), view.gathered()
    if len(in_order) == 1 and not gathered:
        return JOINED.where(*wanted, *in_order).limit(_said(limit))
    read = [_first(limit, *wanted, part) for part in in_order] + [_fenced(limit, *wanted, part) for part in gathered]
    keys = union_all(*(select(part.subquery().c.id) for part in read)) if read else select(Task.id).where(false())
    return JOINED.where(Task.id.in_(keys)).limit(_said(limit))


def _first(limit: int, *wanted: Any) -> Any:
    return select(Task.id).where(*wanted).order_by(Task.due_key, Task.id).limit(_said(limit))


def _fenced(limit: int, *wanted: Any) -> Any:
    """The offset keeps PostgreSQL from walking all open tasks in order to come upon the few."""
    few = select(Task.id, Task.due_key).where(*wanted).offset(_said(0)).subquery()
    return select(few.c.id).order_by(few.c.due_key, few.c.id).limit(_said(limit))


def _said(number: int) -> Any:
    """A number written into the statement: with one left open PostgreSQL plans anew for every page."""
    return literal_column(str(number))


def first(viewer: Person, filters: Filters, today: date, most: int, *but: Any) -> list[Row[Any]]:
    """The first rows of a view whatever its pages, for what is done with all of them; `but` narrows it further."""
    wanted = [*conditions(filters, viewer, today), *but]
    return list(db.session.connection().execute(_merged(reach.of(viewer), wanted, most)).all())


def count(viewer: Person, filters: Filters, today: date) -> int:
    """How many findings that view holds; for the desk, never for a page of the ledger."""
    counted = select(func.count()).select_from(Task).where(*conditions(filters, viewer, today), visible_to(viewer))
    return db.session.scalar(counted) or 0
