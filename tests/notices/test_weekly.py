"""The leader's week: at most eight lines, once a week, on its first working day, for whoever wants it."""

from __future__ import annotations

from datetime import timedelta

from app.calendars.models import CalendarDay
from app.db import db, unit_of_work
from app.notices import weekly
from app.notices.models import Wish
from tests.escalations.scenes import at, promised
from tests.notices.scenes import delivered, messages
from tests.notices.test_mail import to, words


def test_the_week_comes_once_in_at_most_eight_lines(cast, post):
    for _n in range(6):
        promised(cast)
    with unit_of_work():
        db.session.add(CalendarDay(on=at(9, 21).date(), kind="off", note="校庆", source="test"))
    for moment in (at(9, 20, 9), at(9, 21, 9), at(9, 22, 7), at(9, 22, 9), at(9, 22, 10), at(9, 23, 9)):
        weekly.write_weekly(moment)
        delivered(moment)
    mine = to(post, "leader")
    assert [message.key for message in messages(kind="weekly")] == ["2026-W39"]
    assert len(mine) == 1
    lines = [line for line in words(mine[0]).splitlines() if "：" in line and "http" not in line]
    assert 3 <= len(lines) <= 8
    assert "逾期：6" in words(mine[0])
    assert "清河县第一小学：6" in words(mine[0])
    assert "张明远" not in words(mine[0])
    assert "/unsubscribe/" in mine[0]["List-Unsubscribe"]
    with unit_of_work():
        db.session.add(Wish(person_id=cast.leader.id, weekly=False))
    assert weekly.write_weekly(at(9, 28, 9)) == 0
    assert weekly.write_weekly(at(9, 28, 9) + timedelta(days=7)) == 0
