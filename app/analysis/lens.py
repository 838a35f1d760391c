"""Through whose eyes it is counted: a person's, or those of whoever passes a screen that shows one unit."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field

from sqlalchemy import ColumnElement, and_

from app.people.models import SUPERVISING, Person
from app.tasks.models import Task
from app.tasks.queries import visible_to, within
from app.units.models import Unit


@dataclass(frozen=True)
class Lens:
    """What is seen, and a key that changes whenever that may change: other posts, deputies, places of units."""

    key: str
    seen: ColumnElement[bool] = field(compare=False)
    viewer: Person | None = field(default=None, compare=False)
    unit_id: int | None = None

    @property
    def judges(self) -> bool:
        """Whether it is somebody who looks at findings from the other side."""
        return self.viewer is not None and any(seat.kind in SUPERVISING for seat in self.viewer.seats)


def of(viewer: Person) -> Lens:
    """What she may see, exactly."""
    said = repr((sorted(viewer.seats, key=repr), sorted(viewer.identities)))
    return Lens(hashlib.sha256(said.encode()).hexdigest(), visible_to(viewer), viewer)


def over(unit: Unit) -> Lens:
    """What was issued to that unit and to what lies below it."""
    key = hashlib.sha256(f"unit {unit.path}".encode()).hexdigest()
    return Lens(key, and_(Task.issued_at.is_not(None), within(unit.path)), unit_id=unit.id)
