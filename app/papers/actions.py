"""Giving a paper its number, voiding one, and putting a template in the place of ours."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import update
from sqlalchemy.exc import IntegrityError

from app.clock import day_of
from app.db import db, pause, release
from app.evidence.alone import spare
from app.evidence.names import display_name
from app.evidence.ours import storage
from app.evidence.receiving import put, waiting_room
from app.evidence.storage import Storage
from app.papers import printing, queries, rendering
from app.papers.gathering import Gathered
from app.papers.models import Paper, PaperMark, PaperTask, PaperTemplate
from app.papers.phrases import clean, numbered
from app.people.models import Person
from app.tasks.refusals import NotYours, OutOfTurn, Refused
from app.units.models import Unit
from workflows.grammar import say

TRIES = 8
DRAFT = "（草稿，未编号）"
BUSY = say("Many papers are being numbered at this moment. Nothing was given out; try again.")
Gather = Callable[[], Gathered | None]


def template_of(kind: str) -> bytes:
    """The template that counts: the administrator's, or ours."""
    return template_kept(kind, counting(kind))


def template_kept(kind: str, sha256: str | None) -> bytes:
    """The one kept under that hash, or ours."""
    if sha256 is None:
        return rendering.shipped(kind)
    return b"".join(storage().open_read(Storage.original_key(sha256)).chunks)


def filled(kind: str, sha256: str | None, facts: dict[str, Any]) -> bytes:
    """The paper: ours is filled in here, a template kept under a hash only by a child that may fail alone."""
    if sha256 is None:
        return rendering.render(rendering.shipped(kind), facts)
    return printing.filled(template_kept(kind, sha256), facts)


def counting(kind: str) -> str | None:
    """The hash of the template that counts; None for ours."""
    replaced = queries.template(kind)
    return replaced.sha256 if replaced else None


def draft(found: Gathered) -> bytes:
    """The paper as it would be, without a number and without a trace."""
    template = counting(found.kind.name)
    pause()
    return filled(found.kind.name, template, {**found.facts, "number": DRAFT})


def issue(gather: Gather, actor_id: int, *, now: datetime) -> Paper:
    """Give the paper the next number of its register and keep its file.

    It is written out with no transaction open; whoever was faster with that number makes us write it anew with
    the next one. So numbers have no gaps, and nobody waits for a paper that is being written.
    """
    for _try in range(TRIES):
        found = gather()
        actor = db.session.get_one(Person, actor_id)
        if found is None:
            raise NotYours(say("Numbers are given by the unit that issues the paper."))
        found.must_be_numbered_by(actor)
        year = day_of(now).year
        number = queries.last_number(found.issuer.id, found.kind.name, year) + 1
        paper = entered_as(found, actor, year, number, queries.mark_of(found.issuer.id), now)
        content = _written(found, paper.text)
        paper.sha256, paper.size = content
        if _entered(paper, found.tasks):
            return paper
    raise Refused(BUSY)


def entered_as(found: Gathered, actor: Person, year: int, number: int, mark: str, now: datetime) -> Paper:
    """Its row in the register, without a file yet."""
    text = numbered(f"{mark}{found.kind.sign}" if mark else found.kind.title.split("（")[0], year, number)
    return Paper(
        kind=found.kind.name, unit_id=found.issuer.id, year=year, number=number, text=text, title=found.title[:200],
        subject_id=found.subject_id, about_unit_id=found.about.id, person_id=actor.id, at=now,
        name=display_name(f"{found.kind.title} {found.about.name} {text}", ".docx"),
    )  # fmt: skip


def _written(found: Gathered, text: str) -> tuple[str, int]:
    template = counting(found.kind.name)
    release()
    return kept(filled(found.kind.name, template, {**found.facts, "number": text}))


def kept(content: bytes) -> tuple[str, int]:
    """Keep a file under the name of its hash; its hash and size."""
    sha256 = hashlib.sha256(content).hexdigest()
    with tempfile.NamedTemporaryFile(dir=waiting_room(), prefix="paper-", delete=False) as file:
        file.write(content)
    put(Path(file.name), sha256)
    Path(file.name).unlink(missing_ok=True)
    return sha256, len(content)


def _entered(paper: Paper, tasks: tuple[int, ...]) -> bool:
    """Whether the number was still free."""
    if queries.last_number(paper.unit_id, paper.kind, paper.year) != paper.number - 1:
        release()
        return False
    spare(paper.sha256)
    try:
        with db.session.begin_nested():
            db.session.add(paper)
            paper.tasks = [PaperTask(task_id=task) for task in tasks]
    except IntegrityError:
        release()
        return False
    return True


def void(paper: Paper, actor: Person, reason: str, *, now: datetime) -> None:
    """Say that a paper does not hold; its number stays taken and its file is kept."""
    must_be_issuer(paper, actor)
    first = update(Paper).where(Paper.id == paper.id, Paper.voided_at.is_(None))
    said: dict[str, Any] = {"voided_at": now, "voided_by_id": actor.id, "void_reason": clean(reason)[:200]}
    if db.session.execute(first.values(said)).rowcount != 1:  # type: ignore[attr-defined]
        raise OutOfTurn(say("It was voided already; nothing was changed."))


def may_void(paper: Paper, actor: Person) -> bool:
    """Whoever numbered it, and whoever sits in the unit whose number it is."""
    return paper.person_id == actor.id or any(seat.unit_id == paper.unit_id for seat in actor.seats)


def must_be_issuer(paper: Paper, actor: Person) -> None:
    """Raise NotYours unless she may void it."""
    if not may_void(paper, actor):
        raise NotYours(say("Numbers are given by the unit that issues the paper."))


def replace_template(kind: str, name: str, content: bytes, actor: Person, *, now: datetime) -> None:
    """Put a template that was checked in the place of the one before, which is kept."""
    sha256, size = kept(content)
    back_to_ours(kind, now=now)
    spare(sha256)
    row = PaperTemplate(
        kind=kind, name=display_name(name, ".docx"), sha256=sha256, size=size, person_id=actor.id, at=now
    )
    db.session.add(row)
    db.session.flush()


def back_to_ours(kind: str, *, now: datetime) -> None:
    """Let our own template count again."""
    current = update(PaperTemplate).where(PaperTemplate.kind == kind, PaperTemplate.ended_at.is_(None))
    db.session.execute(current.values(ended_at=now))


def set_mark(unit: Unit, mark: str) -> None:
    """Say what stands before the year in that unit's numbers; papers already numbered keep theirs."""
    row = db.session.get(PaperMark, unit.id)
    if row is None:
        db.session.add(PaperMark(unit_id=unit.id, mark=clean(mark)))
    else:
        row.mark = clean(mark)
    db.session.flush()
