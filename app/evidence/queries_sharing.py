"""Looking up where else a file is openly used, and which files of a unit could serve one more task."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from sqlalchemy import func, or_, select
from sqlalchemy.orm import joinedload

from app.db import db
from app.evidence.models import Evidence
from app.people.models import Person
from app.tasks.models import Task
from app.tasks.queries import visible_to

OFFERED = 60
STANDS = Evidence.superseded_by_id.is_(None), Evidence.removed_at.is_(None), Evidence.erased_at.is_(None)


def offered(viewer: Person, task: Task) -> list[Evidence]:
    """What stands elsewhere in the same unit and not on this task yet, the latest first; a file is offered once."""
    here = select(Evidence.sha256).where(Evidence.task_id == task.id, *STANDS)
    found = (
        select(Evidence)
        .join(Evidence.task)
        .where(
            Task.unit_id == task.unit_id, Task.id != task.id, Evidence.kind.in_(("after", "paper")), *STANDS,
            Evidence.cover_asked_at.is_(None), Evidence.id == func.coalesce(Evidence.shared_from_id, Evidence.id),
            Evidence.sha256.not_in(here),
            visible_to(viewer),
        )
        .options(joinedload(Evidence.task))
        .order_by(Evidence.id.desc())
        .limit(OFFERED)
    )  # fmt: skip
    return list(db.session.scalars(found))


def hold(piece: Evidence) -> None:
    """Nobody else takes its file over or erases it until the transaction ends: whoever does holds the first of them."""
    db.session.execute(select(Evidence.id).where(Evidence.id == piece.first_id).with_for_update())
    db.session.refresh(piece)


def family(piece: Evidence) -> list[Evidence]:
    """Every piece that is this file, openly taken over from one another; itself among them."""
    first = or_(Evidence.id == piece.first_id, Evidence.shared_from_id == piece.first_id)
    return list(db.session.scalars(select(Evidence).where(first).order_by(Evidence.id)))


def is_on(task: Task, piece: Evidence) -> bool:
    """Whether that very file stands on the task already."""
    same = select(Evidence.id).where(Evidence.task_id == task.id, Evidence.sha256 == piece.sha256, *STANDS)
    return db.session.scalar(same.limit(1)) is not None


def elsewhere(viewer: Person, pieces: Iterable[Evidence]) -> dict[int, list[tuple[str, int]]]:
    """For each piece the number and id of every other task that she sees on which its file is openly used."""
    first = {piece.id: piece.first_id for piece in pieces if piece.shared_from_id}
    if not first:
        return {}
    rows = db.session.execute(
        select(Evidence.id, Evidence.shared_from_id, Task.number, Task.id)
        .join(Evidence.task)
        .where(Evidence.shared_from_id.in_(set(first.values())), *STANDS, visible_to(viewer))
        .order_by(Evidence.id)
    )  # fmt: skip
    uses: dict[int, list[tuple[int, str, int]]] = defaultdict(list)
    for row in rows:
        uses[int(row[1] or 0)].append((row[0], row[2], row[3]))
    return {one: [(number, task_id) for other, number, task_id in uses[root_id] if other != one]
            for one, root_id in first.items() if len(uses[root_id]) > 1}  # fmt: skip
