"""What each process keeps for a few seconds: looked at anew by whoever changes it, and by everybody soon after."""

from datetime import date

from app.calendars.actions import set_days
from app.calendars.models import CalendarDay
from app.calendars.queries import calendar_kept
from app.db import db, unit_of_work
from tests.statements import counted

DAY = date(2026, 11, 26)


def test_a_calendar_is_read_once_and_a_change_is_seen_at_once_by_whoever_made_it(inside):
    with counted(inside) as sent:
        assert calendar_kept().works(DAY)
        assert calendar_kept().works(DAY)
    assert len(sent) == 1
    set_days(DAY, DAY, "off", "校庆")
    assert not calendar_kept().works(DAY)


def test_a_change_that_was_not_kept_is_not_remembered_either(inside):
    with inside.app_context():
        set_days(DAY, DAY, "off", "校庆")
        assert not calendar_kept().works(DAY)
        db.session.rollback()
    with inside.app_context():
        assert calendar_kept().works(DAY)


def test_others_see_a_change_after_a_few_seconds(inside, monkeypatch):
    assert calendar_kept().works(DAY)
    db.session.rollback()
    with inside.app_context(), unit_of_work():
        db.session.add(CalendarDay(on=DAY, kind="off"))  # as another process does it
    assert calendar_kept().works(DAY)
    monkeypatch.setattr("app.keeping.SECONDS", -1)
    assert not calendar_kept().works(DAY)
