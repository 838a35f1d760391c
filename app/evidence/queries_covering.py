"""Looking up the photos that were sent back to be covered, for whoever must do it."""

from __future__ import annotations

from typing import Any

from sqlalchemy import and_, or_, select

from app.db import db
from app.evidence.models import Evidence
from app.evidence.queries_sharing import STANDS
from app.people.models import Person
from app.tasks.models import Party, Task
from app.tasks.queries import is_party, visible_to
from app.units.models import Unit
from workflows.roles import Role


def to_cover(viewer: Person) -> list[Any]:
    """Those that she sent, and those on what she puts right; the longest asked for first, a shared file once."""
    owns = is_party(viewer.seats, viewer.identities, Party.role == Role.OWNER, Party.until.is_(None))
    asked = (
        select(Evidence.id, Evidence.name, Evidence.cover_asked_at, Task.title, Unit.name.label("unit"))
        .join(Evidence.task)
        .outerjoin(Unit, Unit.id == Task.unit_id)
        .where(
            Evidence.cover_asked_at.is_not(None), *STANDS, Evidence.shared_from_id.is_(None),
            or_(Evidence.uploaded_by_id.in_(viewer.identities), and_(Evidence.kind != "before", owns)),
            visible_to(viewer),
        )
        .order_by(Evidence.cover_asked_at, Evidence.id)
    )  # fmt: skip
    return list(db.session.execute(asked).all())
