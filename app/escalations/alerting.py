"""What administrators must know: raised once, kept while it lasts, settled when it is over."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import delete, update

from app.db import db
from app.escalations.hearing import Seat
from app.escalations.watches import Alert, SetAside
from app.people.models import Person
from app.pouring import among, put_if_missing
from app.tasks.models import Task
from app.units.models import Unit
from workflows.sentence import Sentence, say

POSTS = {
    "head": say("Head"), "member": say("Member"), "inspector": say("Inspector"), "reviewer": say("Reviewer"),
    "leader": say("Leader"),
}  # fmt: skip

UNHEARD = "vacancy:unheard"


def raise_alert(kind: str, key: str, now: datetime, said: Sentence) -> None:
    """Tell administrators; what was told already is only seen again."""
    put_if_missing(Alert, kind=kind, key=key, message=said.message, given=plain(said.values), first_at=now, last_at=now)
    again = update(Alert).where(Alert.key == key)
    db.session.execute(again.values(message=said.message, given=plain(said.values), last_at=now, settled_at=None))


def plain(values: Any) -> dict[str, Any]:
    """Values as JSON keeps them; a sentence in a sentence stays one."""
    return {name: {"message": v.message, "given": plain(v.values)} if isinstance(v, Sentence) else v
            for name, v in values.items()}  # fmt: skip


def said(alert: Alert) -> Sentence:
    """The sentence an alert says, to be translated for whoever reads it."""
    return say(alert.message, **_spoken(alert.given))


def _spoken(given: dict[str, Any]) -> dict[str, Any]:
    return {name: _inner(value) if isinstance(value, dict) else value for name, value in given.items()}


def _inner(kept: dict[str, Any]) -> Sentence:
    message, given = kept["message"], _spoken(kept["given"])
    return say(message, **given)


def settle(kind: str, but: Iterable[str], now: datetime) -> None:
    """What is no longer so among alerts of that kind is over."""
    over = update(Alert).where(Alert.kind == kind, Alert.settled_at.is_(None), Alert.key.not_in(list(but)))
    db.session.execute(over.values(settled_at=now))


def report_vacancies(seats: set[Seat], now: datetime) -> None:
    """Posts that nobody holds and people who left, found while somebody should have heard."""
    for seat in sorted(seats, key=str):
        raise_alert("vacancy", vacancy_key(seat), now, _vacancy(seat))


def report_silence(numbers: list[str], now: datetime) -> None:
    """Tasks of which nobody heard, for whoever should have is gone, and everybody above too."""
    if numbers:
        raise_alert("vacancy", UNHEARD, now, say(
            "A rung spoke of %(number)s and %(n)d others, and nobody is left to hear it. Name who holds a post there.",
            number=min(numbers), n=len(numbers) - 1))  # fmt: skip


def vacancy_key(seat: Seat) -> str:
    """One key for a seat."""
    return f"vacancy:{seat.unit_id or 0}:{seat.post or ''}:{seat.person_id or 0}"


def set_aside(task_id: int, now: datetime, until: datetime, why: str) -> None:
    """Leave a task that breaks the tick alone until then."""
    kept = db.session.get(SetAside, task_id)
    if kept is None:
        kept = SetAside(task_id=task_id, since=now, times=0)
        db.session.add(kept)
    kept.until, kept.times, kept.why = until, (kept.times or 0) + 1, why[:400]
    db.session.connection().execute(update(Task).where(Task.id == task_id).values(alarm_at=until))


def settle_aside(tasks: list[int]) -> None:
    """They no longer break anything."""
    db.session.execute(delete(SetAside).where(SetAside.task_id.in_(among(tasks))))


def _vacancy(seat: Seat) -> Sentence:
    unit, person = db.session.get(Unit, seat.unit_id or 0), db.session.get(Person, seat.person_id or 0)
    where = unit.name if unit else ""
    if person is not None:
        return say("%(person)s can no longer sign in, but tasks still wait for her at %(unit)s.",
                   person=person.name, unit=where)  # fmt: skip
    if seat.post:
        return say("The post of %(post)s at %(unit)s is vacant; its tasks are told upward.",
                   post=POSTS.get(seat.post, seat.post), unit=where)  # fmt: skip
    return say("A task waits for nobody. Reassign it, or name who holds the post.")
