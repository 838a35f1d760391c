"""The page of a monthly progress report: read, handed in, and refused with everything typed."""

from __future__ import annotations

from app.clock import now, today
from app.db import db, unit_of_work
from app.reports.actions import ask_for
from app.reports.models import Report
from tests import story
from tests.cast import Cast


def made(app) -> tuple[int, int]:
    with app.app_context(), unit_of_work():
        finding = story.rectifying(Cast(), track="long_term")
        report = ask_for(finding, today(), now=now())
        return report.id, report.task_id


def test_the_owner_hands_in_the_month_and_the_reviewer_reads_it(app, sign_in):
    report, task = made(app)
    owner = sign_in("owner")
    assert f"/tasks/{task}/steps/hand_in" in owner.get(f"/reports/{report}").get_data(as_text=True)
    given = {"text": "立项批复已取得", "percent": "30"}
    assert owner.post(f"/tasks/{task}/steps/hand_in", data=given).status_code == 303
    page = sign_in("district").get(f"/reports/{report}").get_data(as_text=True)
    assert "立项批复已取得" in page
    assert f"/tasks/{task}/steps/file" in page


def test_more_than_all_or_a_word_for_a_number_is_refused(app, sign_in):
    report, task = made(app)
    browser = sign_in("owner")
    for percent in ("101", "-1", "half", ""):
        answer = browser.post(f"/tasks/{task}/steps/hand_in", data={"text": "立项批复已取得", "percent": percent})
        assert answer.status_code == 422
        assert "立项批复已取得" in answer.get_data(as_text=True)
    with app.app_context():
        assert db.session.get(Report, report).text == ""


def test_a_foreign_county_finds_no_report(app, sign_in):
    report, _task = made(app)
    assert sign_in("stranger").get(f"/reports/{report}").status_code == 404
