"""Reports are asked for once a month, for long-term findings that are being put right."""

from __future__ import annotations

from datetime import date

from app.clock import now
from app.db import db, unit_of_work
from app.reports import asking
from app.reports.actions import last_day
from app.reports.models import Report
from app.steps.actions import take
from tests import story
from tests.cast import Cast


def test_each_month_is_asked_for_once_however_often_the_clock_ticks(app):
    with app.app_context():
        with unit_of_work():
            finding_id = story.rectifying(Cast(), track="long_term").id
            story.rectifying(Cast(), text="限期的问题")
        assert asking.ask_for_this_month(now()) == 1
        assert asking.ask_for_this_month(now()) == 0
        report = db.session.query(Report).one()
        assert report.finding_id == finding_id
        assert (report.task.state, report.task.owner.login) == ("writing", "owner")
        assert report.task.due_on == last_day(report.task.due_on)


def test_a_report_is_written_read_and_sent_back_with_days_to_write_it_again(app):
    with app.app_context():
        with unit_of_work():
            story.rectifying(Cast(), track="long_term")
        asking.ask_for_this_month(now())
        with unit_of_work():
            task = db.session.query(Report).one().task
            take(task, "hand_in", Cast().owner, now=now(), text="已立项", percent=20)
            take(task, "ask_again", Cast().district, now=now(), reason="请附立项文件")
            assert (task.state, task.submitted_at) == ("writing", None)
            take(task, "hand_in", Cast().owner, now=now(), text="已立项，文件见附件", percent=25)
            take(task, "file", Cast().district, now=now(), remark="")
        report = db.session.query(Report).one()
        assert (report.task.state, report.percent, report.text) == ("filed", 25, "已立项，文件见附件")


def test_the_last_day_of_a_month_knows_leap_years():
    assert last_day(date(2028, 2, 3)) == date(2028, 2, 29)
