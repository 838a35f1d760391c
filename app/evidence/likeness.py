"""Hints at reused pictures in words: how alike, and where the other stands, for who may know that."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from flask import url_for

from app.clock import day_of
from app.evidence import queries_alike as queries
from app.evidence import trust
from app.evidence.models import Evidence, resting_on
from app.evidence.serving import shown
from app.evidence.traces import EXACT, Likeness
from app.tasks.standing import roles_of
from app.units.models import Unit
from app.words import told
from workflows.grammar import Sentence, say
from workflows.roles import INSPECTOR, LEADER, REVIEWER, VERIFIER

JUDGING = {INSPECTOR, REVIEWER, VERIFIER, LEADER}
NEARLY = 3  # bits


def judges(viewer: Any, tasks: Iterable[Any]) -> bool:
    """Whether she looks at any of these from the other side; the unit that sent a photo is not told of hints."""
    return any(JUDGING & set(roles_of(viewer, task)) or viewer.supervises(task.unit_path) for task in tasks)


def alarmed(pieces: Iterable[Evidence], viewer: Any) -> dict[int, dict[str, Any]]:
    """For each piece with hints not dismissed: the gravest in words, how many, and the page that shows them."""
    found: dict[int, dict[str, Any]] = {}
    for likeness, seen in queries.hints(viewer, [piece.id for piece in pieces]):
        if likeness.dismissed_at:
            continue
        first = found.setdefault(likeness.evidence_id, {
            "how": how(likeness), "where": where(likeness, seen), "count": 0,
            "url": url_for("evidence.alike", evidence_id=likeness.evidence_id),
        })  # fmt: skip
        first["count"] += 1
    return found


def worth(pieces: list[Evidence], viewer: Any, found_on: date | None, unit: Unit | None) -> dict[int, dict[str, Any]]:
    """What pages of a judge show under each piece: its trust line and its gravest hint."""
    hints = alarmed(pieces, viewer)
    return {piece.id: {"trust": trust.judged(piece, found_on, unit), "hint": hints.get(piece.id)} for piece in pieces}


def of_piece(piece: Evidence, viewer: Any) -> dict[str, Any]:
    """The same for one piece on its own page; empty for who does not judge it."""
    tasks = resting_on(piece.task)
    if not judges(viewer, tasks):
        return {}
    found_on = min((task.found_on for task in tasks if task.found_on), default=None)
    return worth([piece], viewer, found_on, piece.task.unit)[piece.id]


def of_one(piece: Evidence, viewer: Any) -> dict[str, Any]:
    """That for JSON."""
    found = of_piece(piece, viewer)
    if not found:
        return {}
    alike = [as_json(pair) for pair in pairs(piece, viewer)]
    return {"trust": trust.as_json(found["trust"], told), "alike": alike}


def how(likeness: Likeness) -> Sentence:
    """The distance in words."""
    if likeness.kind == EXACT:
        return say("Exactly the same")
    return say("Almost the same") if likeness.distance <= NEARLY else say("Much alike")


def where(likeness: Likeness, seen: bool) -> Sentence:
    """Where the other stands; who may not see that learns no more than that there is one."""
    if not seen:
        return say("a picture of another unit")
    mine, other = likeness.evidence, likeness.other
    said = {"number": other.task.number, "day": day_of(other.uploaded_at).isoformat(),
            "unit": other.task.unit.name if other.task.unit else ""}  # fmt: skip
    if other.kind == "before" and mine.kind != "before":
        return say("the photo of how it was found, %(number)s %(unit)s, %(day)s", **said)
    if other.task.unit_id != mine.task.unit_id:
        return say("evidence of another unit: %(unit)s, %(number)s, %(day)s", **said)
    if day_of(other.uploaded_at).year != day_of(mine.uploaded_at).year:
        return say("evidence of another year: %(number)s, %(day)s", **said)
    return say("evidence used before: %(number)s, %(day)s", **said)


def pairs(piece: Evidence, viewer: Any) -> list[dict[str, Any]]:
    """Every hint on a piece, ready to be shown beside it."""
    return [_pair(likeness, seen) for likeness, seen in queries.hints(viewer, [piece.id])]


def _pair(likeness: Likeness, seen: bool) -> dict[str, Any]:
    other = likeness.other
    return {
        "id": likeness.id, "how": how(likeness), "where": where(likeness, seen), "distance": likeness.distance,
        "kind": likeness.kind, "other": shown(other) if seen else None, "found_at": likeness.found_at,
        "task_url": url_for("steps.show", task_id=other.task_id) if seen else "",
        "dismissed_at": likeness.dismissed_at, "remark": likeness.remark,
        "dismissed_by": likeness.dismissed_by.name if likeness.dismissed_by else "",
    }  # fmt: skip


def as_json(pair: dict[str, Any]) -> dict[str, Any]:
    """The same for JSON."""
    other = pair["other"]
    return {
        "id": pair["id"], "kind": pair["kind"], "how": told(pair["how"]), "where": told(pair["where"]),
        "distance": pair["distance"], "found_at": pair["found_at"].isoformat(),
        "other": {"id": other["id"], "url": other["url"], "task_url": pair["task_url"]} if other else None,
        "dismissed_at": pair["dismissed_at"].isoformat() if pair["dismissed_at"] else None,
        "dismissed_by": pair["dismissed_by"], "remark": pair["remark"],
    }  # fmt: skip
