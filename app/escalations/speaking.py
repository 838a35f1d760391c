"""Writing down what a look found: climbs, entries with their listeners, proposals, and when to look again."""

from __future__ import annotations

from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import update

from app.clock import day_of
from app.db import db
from app.escalations.alerting import report_silence, report_vacancies
from app.escalations.hearing import Heard, hear
from app.escalations.looking import House, Look
from app.escalations.models import Climb, Proposal
from app.pouring import among, pour, put_if_missing
from app.tasks import chronicle
from app.tasks.chronicle import Note
from app.tasks.models import Task
from workflows.rungs import Rung

STEPS = {
    "reminder": "remind", "urging": "urge", "order": "propose_order", "circular": "propose_circular",
    "talk": "propose_talk",
}  # fmt: skip


class Said(NamedTuple):
    """One rung that speaks now, or whose day of grace is over."""

    look: Look
    rung: Rung
    heard: Heard
    drafts: bool

    @property
    def step(self) -> str:
        """The name of the entry: a caught-up paper is only urged at first."""
        return STEPS[self.rung.kind] if self.rung.is_machines or self.drafts else STEPS["urging"]


def write(looks: list[Look], ids: list[int], now: datetime, at: House) -> None:
    """All of it in the caller's transaction."""
    said = _said(looks, now, at)
    facts: dict[Any, dict[str, Any]] = {}
    entries = chronicle.append([_note(one, facts) for one in said], now)
    climbs = [row for look in looks for row in _climbs(look, entries, now, at)]
    pour(Climb, climbs)
    for one in said:
        if one.drafts:
            _propose(one, now)
    _look_again(looks, ids, now, at)


def _said(looks: list[Look], now: datetime, at: House) -> list[Said]:
    speaking = {look.row.id: (look, rung) for look in looks if (rung := _rung(look)) is not None}
    if not speaking:
        return []
    heard = hear([look.asks(rung) for look, rung in speaking.values()], at.crowd)
    report_vacancies({seat for one in heard.values() for seat in one.vacant}, now)
    report_silence([look.row.number for look, _rung in speaking.values() if not heard[look.row.id].ears], now)
    return [Said(look, rung, heard[task_id], _drafts(look, rung)) for task_id, (look, rung) in speaking.items()]


def _rung(look: Look) -> Rung | None:
    """The rung that speaks; otherwise the one whose day of grace is over."""
    if look.speaks or not look.ripe:
        return look.speaks
    return next((rung for rung in look.ladder.rungs if rung.id == look.ripe.rung_id), None)


def _drafts(look: Look, rung: Rung) -> bool:
    """Whether a paper is proposed now: never in the day of grace after nobody ticked."""
    return not rung.is_machines and not (look.speaks is not None and look.caught_up)


def _note(one: Said, known: dict[Any, dict[str, Any]]) -> Note:
    """What it says of a task; what is said of many is the same object, for then it is spelled once."""
    row, look = one.look.row, one.look
    key = look.ladder.id, one.rung.id, row.until, look.seen.steps, look.caught_up, not one.heard.ears
    facts = known.get(key) or known.setdefault(key, _facts(one, look))
    told = one.heard.ears | ({one.heard.decider} if one.drafts and one.heard.decider else set())
    return Note(row.id, row.state, row.level, row.entry_seq, row.entry_head, one.step, facts, told)


def _facts(one: Said, look: Look) -> dict[str, Any]:
    """The rule by which the machine spoke; notices read their channels here."""
    facts: dict[str, Any] = {
        "rule": {"ladder": look.ladder.name, "kind": one.rung.kind, "days": one.rung.days, "light": one.rung.light},
        "until": day_of(look.row.until).isoformat(), "channels": list(one.rung.channels),
    }  # fmt: skip
    skipped = [step.rung.days for step in look.seen.steps if step.outcome != "spoke"]
    more = {"skipped": skipped, "caught_up": look.caught_up, "unheard": not one.heard.ears}
    return facts | {name: value for name, value in more.items() if value}


def _climbs(look: Look, entries: dict[int, int], now: datetime, at: House) -> list[dict[str, Any]]:
    return [
        {
            "task_id": look.row.id, "wait_id": look.row.wait_id, "rung_id": step.rung.id, "until": look.row.until,
            "kind": step.rung.kind, "days": step.rung.days, "due_at": step.due_at, "fired_at": now,
            "outcome": step.outcome, "caught_up": at.slept_through(step.due_at),
            "entry_id": entries[look.row.id] if step.outcome == "spoke" else None,
            "grace_until": _grace(look, now, at) if step.outcome == "spoke" else None,
        }
        for step in look.seen.steps
    ]  # fmt: skip


def _grace(look: Look, now: datetime, at: House) -> datetime | None:
    """Nobody is punished for our sleep: what was caught up has a working day before a paper is proposed."""
    if look.speaks is None or look.speaks.is_machines or not look.caught_up:
        return None
    return at.office.moment(1, now) + (now - at.office.moment(0, now))


def _propose(one: Said, now: datetime) -> None:
    """Draft the paper for a named person; one open proposal of a kind is enough for a task."""
    row = one.look.row
    found = db.session.query(Climb.id).filter_by(wait_id=row.wait_id, rung_id=one.rung.id, until=row.until)
    put_if_missing(
        Proposal, task_id=row.id, climb_id=found.scalar(), kind=one.rung.kind, decider_id=one.heard.decider,
        made_at=now, remark="",
    )  # fmt: skip


def _look_again(looks: list[Look], ids: list[int], now: datetime, at: House) -> None:
    """When each task is looked at next; what is over its day of grace has none any more."""
    alarms: dict[int, datetime | None] = dict.fromkeys(ids)
    for look in looks:
        grace = _grace(look, now, at)
        alarms[look.row.id] = min((m for m in (look.seen.alarm_at, grace) if m), default=None)
    connection = db.session.connection()
    for alarm in set(alarms.values()):
        alike = [task_id for task_id, at_once in alarms.items() if at_once == alarm]
        connection.execute(update(Task).where(Task.id.in_(among(alike))).values(alarm_at=alarm))
    over = [look.row.wait_id for look in looks if look.ripe]
    if over:
        ripe = update(Climb).where(Climb.wait_id.in_(among(over)), Climb.grace_until <= now)
        connection.execute(ripe.values(grace_until=None))
