"""Moving a unit in the tree: its tasks go with it, so that who supervises it sees them."""

from __future__ import annotations

from app.db import db
from app.tasks.models import Task
from app.units import actions as units
from app.units.models import Unit


def move(unit: Unit, parent: Unit | None) -> None:
    """Hang `unit` with everything below it under `parent`, and carry the path of all their tasks along."""
    before, after = units.rehang(unit, parent)
    db.session.execute(units.repathed(Task, "unit_path", before, after))
    for task in (held for held in db.session.identity_map.values() if isinstance(held, Task)):
        db.session.expire(task, ["unit_path"])
