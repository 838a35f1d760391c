"""What a viewer may see, cut so that a list by date is read from an index and stopped after one page."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Subquery, and_, func, literal, or_, select, union_all

from app.db import db
from app.people.models import SUPERVISING, Person, Seat
from app.tasks.models import Party, Task
from app.tasks.queries import seen_from
from app.units.models import Unit
from workflows.roles import Role


@dataclass(frozen=True)
class Reach:
    """How far somebody sees: widely by her seats, or just some units and a few tasks beside them.

    What is in order and what is gathered are together exactly what is visible to her.
    """

    seats: tuple[Seat, ...]
    identities: frozenset[int]
    units: tuple[int, ...] = ()
    beside: bool = False
    wide: bool = True

    def in_order(self) -> list[ColumnElement[bool]]:
        """Conditions whose tasks are read from an index in order of date."""
        if self.wide:
            return [seen_from(self.seats, self.identities)]
        return [and_(Task.issued_at.is_not(None), Task.unit_id == unit) for unit in self.units]

    def gathered(self) -> list[ColumnElement[bool]]:
        """Conditions whose tasks are few, so that they are gathered first and put in order then."""
        if self.wide or not self.beside:
            return []
        tasks = stands_in(self.seats, self.identities)
        return [and_(Task.issued_at.is_not(None), Task.id.in_(select(tasks.c.task_id)))]


def of(viewer: Person) -> Reach:
    """The reach of `viewer`.

    A supervisor's is wide: rows in order of date soon fill a page. A school's is narrow: its own findings
    come from the index of its unit, and the few where it only supports from its parties.
    """
    wide = Reach(viewer.seats, viewer.identities)
    if any(seat.kind in SUPERVISING for seat in viewer.seats):
        return wide
    headed = tuple(sorted({seat.unit_id for seat in viewer.seats if seat.kind == "head"}))
    if not headed:
        return Reach(viewer.seats, viewer.identities, beside=True, wide=False)
    found = set(db.session.connection().execute(_asking(wide, headed)).scalars())
    return wide if "below" in found else Reach(viewer.seats, viewer.identities, headed, "beside" in found, wide=False)


@lru_cache(maxsize=1000)
def _asking(reach: Reach, headed: tuple[int, ...]) -> Any:
    """Whether units lie below those headed, and whether she sees tasks beside theirs; asked in one go."""
    below = select(literal("below").label("what")).where(Unit.parent_id.in_(headed)).limit(1).subquery()
    # Counted, not looked for: a search for the first one may read all parties of the house and find none.
    count = select(func.count()).select_from(stands_in(reach.seats, reach.identities)).scalar_subquery()
    return union_all(select(below.c.what), select(literal("beside")).where(count > 0))


def stands_in(seats: tuple[Seat, ...], identities: frozenset[int]) -> Subquery:
    """Tasks of hers by name, and those her post has a part in; a head's own are left to her unit's index."""
    posts = [
        and_(Party.unit_id == s.unit_id, Party.post == s.kind, Party.until.is_(None), *_beside_own(s)) for s in seats
    ]
    return (
        select(Party.task_id)
        .where(or_(*(Party.person_id == person for person in sorted(identities)), *posts))
        .subquery()
    )


def _beside_own(seat: Seat) -> list[ColumnElement[bool]]:
    return [Party.role == Role.SUPPORTER] if seat.kind == "head" else []
