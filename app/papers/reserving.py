"""Numbering many papers at once: each is in the register with what it says, and its file is written when opened."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from itertools import groupby
from typing import Any

from sqlalchemy.exc import IntegrityError

from app.clock import day_of
from app.db import db, release, unit_of_work
from app.evidence.alone import spare
from app.papers import queries
from app.papers.actions import BUSY, TRIES, counting, entered_as, filled, kept
from app.papers.gathering import Gathered
from app.papers.models import Paper, PaperTask
from app.papers.printing import Unfilled
from app.people.models import Person
from app.tasks.refusals import Refused


def reserve(found: Sequence[Gathered], actor: Person, *, now: datetime) -> list[Paper]:
    """Give each the next number of its register in the caller's transaction, one register after the other.

    What they say is kept as it stands now, and the template; their files are written when they are first opened.
    """
    for one in found:
        one.must_be_numbered_by(actor)
    in_turn = sorted(found, key=lambda one: (one.issuer.id, one.kind.name))
    for _try in range(TRIES):
        try:
            with db.session.begin_nested():
                papers = _reserved(in_turn, actor, now)
                db.session.add_all(papers)
            return papers
        except IntegrityError:
            continue
    raise Refused(BUSY)


def _reserved(found: Sequence[Gathered], actor: Person, now: datetime) -> list[Paper]:
    year, papers = day_of(now).year, list[Paper]()
    for (issuer_id, kind), alike in groupby(found, key=lambda one: (one.issuer.id, one.kind.name)):
        last, mark = queries.last_number(issuer_id, kind, year), queries.mark_of(issuer_id)
        template = counting(kind)
        for number, one in enumerate(alike, start=last + 1):
            paper = entered_as(one, actor, year, number, mark, now)
            paper.sha256, paper.size = "", 0
            paper.unwritten = {"says": one.facts, "template": template}
            paper.tasks = [PaperTask(task_id=task) for task in one.tasks]
            papers.append(paper)
    return papers


def write_out(paper: Paper) -> None:
    """Write the file of a paper that waited for it; of two who open it first, the file of one is kept.

    No transaction is open meanwhile. What was erased from it meanwhile is not in it: it is written anew.
    """
    paper_id, text, kind = paper.id, paper.text, paper.kind
    waiting = paper.unwritten
    while waiting is not None:
        release()
        sha256, size = kept(_filled(kind, waiting["template"], {**waiting["says"], "number": text}))
        with unit_of_work():
            stands = queries.held(paper_id)
            if stands.unwritten == waiting:
                spare(sha256)
                stands.sha256, stands.size, stands.unwritten = sha256, size, None
            waiting = stands.unwritten


def _filled(kind: str, kept_of: str | None, facts: dict[str, Any]) -> bytes:
    """With the template it was numbered under; where that cannot be filled in, with another that counts by now."""
    try:
        return filled(kind, kept_of, facts)
    except Unfilled:
        template = counting(kind)
        release()
        if template == kept_of:
            raise
        return filled(kind, template, facts)
