"""Looking up pictures that are like one: by the hash of the file, and by bands of what they look like."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import BindParameter, CompoundSelect, Select, String, bindparam, func, or_, select, union_all
from sqlalchemy.orm import joinedload

from app.db import db, table_of
from app.evidence.models import Evidence
from app.evidence.prints import BANDS, MOST, Print, bands, distance, near, unsigned
from app.evidence.traces import Likeness, PictureHash
from app.people.models import Person
from app.tasks.models import Task
from app.tasks.queries import visible_to

HASHES = table_of(PictureHash)


COMPARING = 0x5EC71F2  # the advisory lock's number


class Found(NamedTuple):
    """Another piece, and in how many bits the nearest of its prints differs."""

    evidence_id: int
    distance: int


def one_at_a_time() -> None:
    """Until this transaction ends nobody else compares; on SQLite nobody else writes anyway."""
    connection = db.session.connection()
    if connection.dialect.name == "postgresql":
        connection.execute(select(func.pg_advisory_xact_lock(COMPARING)))


def alike(prints: Iterable[Print]) -> list[Found]:
    """Every piece with a print within the chosen distance of one of these, the nearest first; none is missed.

    Wholes are compared with everything, parts with wholes only: the inside of one picture is no proof
    against the inside of another.
    """
    nearest: dict[int, int] = {}
    for mine in prints:
        rows = db.session.connection().execute(in_a_band(), sought(mine))
        for evidence_id, part, h in rows:
            bits = distance(mine.bits, unsigned(h))
            if bits <= MOST[mine.kind] and "whole" in (part, mine.part):
                nearest[evidence_id] = min(bits, nearest.get(evidence_id, bits))
    return sorted((Found(*pair) for pair in nearest.items()), key=lambda found: (found.distance, found.evidence_id))


def sought(mine: Print) -> dict[str, Any]:
    return {"kind": mine.kind, **{f"near{n}": near(band) for n, band in enumerate(bands(mine.bits))}}


@lru_cache
def in_a_band() -> CompoundSelect[Any]:
    """One branch a band, so that either database reads each from its own index and nothing else."""
    of = HASHES.c
    kind: BindParameter[str] = bindparam("kind", type_=String)
    return union_all(*(
        select(of.evidence_id, of.part, of.h).where(
            of.kind == kind, of[f"b{n}"].in_(bindparam(f"near{n}", expanding=True))
        )
        for n in range(BANDS)
    ))  # fmt: skip


def twins(piece: Evidence) -> list[int]:
    """The pieces whose file is the same to the last bit."""
    same = select(Evidence.id).where(
        Evidence.sha256 == piece.sha256, Evidence.id != piece.id, Evidence.erased_at.is_(None)
    )
    return list(db.session.scalars(same.order_by(Evidence.id)))


def pointed_at(piece: Evidence) -> set[tuple[int, int]]:
    """The pairs of which a hint stands on record already."""
    of, to = Likeness.evidence_id, Likeness.other_id
    rows = db.session.execute(select(of, to).where(or_(of == piece.id, to == piece.id)))
    return {(row[0], row[1]) for row in rows}


def every_id() -> list[int]:
    """The number of every piece that was not taken off or erased, the oldest first."""
    there = Evidence.removed_at.is_(None), Evidence.erased_at.is_(None)
    return list(db.session.scalars(select(Evidence.id).where(*there).order_by(Evidence.id)))


def pieces(ids: Iterable[int]) -> list[Evidence]:
    """Those pieces with their tasks."""
    asked = select(Evidence).where(Evidence.id.in_(list(ids))).options(joinedload(Evidence.task))
    return list(db.session.scalars(asked.order_by(Evidence.id)))


def hints(viewer: Person, evidence_ids: Iterable[int]) -> list[tuple[Likeness, bool]]:
    """The hints on those pieces, the gravest first, each with whether she may see the other's task."""
    seen = visible_to(viewer).label("seen")
    asked = (
        select(Likeness, seen)
        .join(Likeness.other)
        .join(Task, Task.id == Evidence.task_id)
        .where(Likeness.evidence_id.in_(list(evidence_ids)))
        .options(joinedload(Likeness.other).joinedload(Evidence.task).joinedload(Task.unit))
        .options(joinedload(Likeness.dismissed_by))
        .order_by(Likeness.dismissed_at.is_not(None), Likeness.distance, Likeness.id)
    )
    return [(likeness, bool(is_seen)) for likeness, is_seen in db.session.execute(asked)]


def hint(viewer: Person, likeness_id: int) -> Likeness | None:
    """The hint with that id if she may see the task whose piece it is on."""
    asked: Select[Any] = (
        select(Likeness)
        .join(Likeness.evidence)
        .join(Task, Task.id == Evidence.task_id)
        .where(Likeness.id == likeness_id, visible_to(viewer))
    )
    return db.session.scalar(asked)


def looked_at(evidence_id: int) -> list[Print]:
    """The prints of a piece."""
    rows = db.session.scalars(select(PictureHash).where(PictureHash.evidence_id == evidence_id))
    return [Print(row.kind, row.part, unsigned(row.h)) for row in rows]
