"""What a viewer may see, cut so that a list by date is read from an index and stopped after one page."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import ColumnElement, Subquery, and_, false, literal, or_, select, union_all

from app.db import db
from app.people.models import SUPERVISING, Person, Seat
from app.tasks.models import Party, Task
from app.tasks.queries import seen_from
from app.units.models import Unit
from workflows.roles import Role

FEW = 60  # tasks; more than these are not named one by one, but looked up


@dataclass(frozen=True)
class Reach:
    """How far somebody sees: widely by her seats, or just some units and a few tasks beside them."""

    seats: tuple[Seat, ...]
    identities: frozenset[int]
    units: tuple[int, ...] = ()
    tasks: tuple[int, ...] = ()
    wide: bool = True

    def streams(self) -> list[ColumnElement[bool]]:
        """Conditions that together are `visible_to`; each alone can be followed in order of date."""
        if self.wide:
            return [seen_from(self.seats, self.identities)]
        own = [and_(Task.issued_at.is_not(None), Task.unit_id == unit) for unit in self.units]
        return [*own, *self._elsewhere()] or [false()]

    def _elsewhere(self) -> list[ColumnElement[bool]]:
        if not self.tasks:
            return []
        many = select(stands_in(self.seats, self.identities).c.task_id)
        named = Task.id.in_(self.tasks if len(self.tasks) <= FEW else many)
        return [and_(Task.issued_at.is_not(None), named)]


def of(viewer: Person) -> Reach:
    """The reach of `viewer`.

    A supervisor's is wide: rows in order of date soon fill a page. A school's is narrow: its own findings
    come from the index of its unit, and the few where it only supports from its parties.
    """
    wide = Reach(viewer.seats, viewer.identities)
    if any(seat.kind in SUPERVISING for seat in viewer.seats):
        return wide
    headed = tuple(sorted({seat.unit_id for seat in viewer.seats if seat.kind == "head"}))
    found = _beside(wide, headed)
    if any(what == "below" for what, _id in found):
        return wide
    tasks = tuple(sorted({number for what, number in found if what == "part"}))
    return Reach(viewer.seats, viewer.identities, headed, tasks, wide=False)


def _beside(reach: Reach, headed: tuple[int, ...]) -> list[tuple[str, int]]:
    """A unit below those headed, if there is one, and the tasks to see beside them; asked in one go."""
    tasks = stands_in(reach.seats, reach.identities)
    below = select(literal("below").label("what"), Unit.id).where(Unit.parent_id.in_(headed)).limit(1).subquery()
    part = select(literal("part").label("what"), tasks.c.task_id).limit(FEW + 1).subquery()
    asked = union_all(select(below.c.what, below.c.id), select(part.c.what, part.c.task_id))
    return [(what, number) for what, number in db.session.connection().execute(asked)]


def stands_in(seats: tuple[Seat, ...], identities: frozenset[int]) -> Subquery:
    """Tasks of hers by name, and those her post has a part in; a head's own are left to her unit's index."""
    posts = [
        and_(Party.unit_id == s.unit_id, Party.post == s.kind, Party.until.is_(None), *_beside_own(s)) for s in seats
    ]
    return select(Party.task_id).where(or_(Party.person_id.in_(identities), *posts)).subquery()


def _beside_own(seat: Seat) -> list[ColumnElement[bool]]:
    return [Party.role == Role.SUPPORTER] if seat.kind == "head" else []
