"""A vacancy that is over settles itself: somebody holds the post again, or nothing waits there any more."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import exists, select, update

from app.clock import day_of
from app.db import db, unit_of_work
from app.escalations.alerting import UNHEARD, plain
from app.escalations.hearing import Crowd, Seat
from app.escalations.watches import Alert
from app.tasks.models import Party, Task, Wait
from workflows.sentence import say

OVER = say("Settled by itself: somebody holds it again, or nothing waits there any more.")


def settle_filled(now: datetime) -> int:
    """Settle every vacancy that is over, with a remark; returns how many.

    That a task reached nobody at all is over with the last vacancy, for somebody hears its next rung then.
    """
    open_now = Alert.kind == "vacancy", Alert.settled_at.is_(None)
    with unit_of_work():
        alerts = list(db.session.scalars(select(Alert).where(*open_now).order_by(Alert.id).with_for_update()))
        seats = [alert for alert in alerts if alert.key != UNHEARD]
        over = _over(seats, now)
        if over and len(over) == len(seats):
            over = alerts
        for alert in over:
            said = {**alert.given, **plain({"over": OVER})}
            db.session.execute(update(Alert).where(Alert.id == alert.id).values(settled_at=now, given=said))
        return len(over)


def _over(alerts: list[Alert], now: datetime) -> list[Alert]:
    seats = {alert.id: _seat(alert.key) for alert in alerts}
    crowd = Crowd(day_of(now))
    if seats:
        crowd.meet((seat.unit_id for seat in seats.values()), (seat.person_id for seat in seats.values()))
    return [alert for alert in alerts if _is_over(seats[alert.id], crowd)]


def _seat(key: str) -> Seat:
    unit, post, person = key.split(":")[1:]
    return Seat(int(unit) or None, post or None, int(person) or None)


def _is_over(seat: Seat, crowd: Crowd) -> bool:
    return bool(crowd.ears(seat)) or seat.unit_id in crowd.silent or not _is_wanted(seat)


def _is_wanted(seat: Seat) -> bool:
    """Whether an open task still waits for that seat, or should be heard of there."""
    if seat.person_id:
        wanted = exists().where(Wait.task_id == Task.id, Wait.ended_at.is_(None), Wait.person_id == seat.person_id)
        return bool(db.session.scalar(select(exists().where(Task.open, wanted))))
    here = Wait.unit_id == seat.unit_id, Wait.post == seat.post
    waits = exists().where(Wait.task_id == Task.id, Wait.ended_at.is_(None), *here)
    beside = Party.unit_id == seat.unit_id, Party.post == seat.post
    stands = exists().where(Party.task_id == Task.id, Party.until.is_(None), *beside)
    return bool(db.session.scalar(select(exists().where(Task.open, waits | stands))))
