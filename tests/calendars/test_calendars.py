"""The working calendar: seeded, changed by hand, explained, and never an exception."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine

from app.calendars import actions, queries
from app.calendars.models import CalendarDay, CalendarYear
from app.db import db
from app.words import told
from workflows.calendar import add_working_days


def kind_of(day):
    row = db.session.get(CalendarDay, day)
    return (row.kind, row.note) if row else None


def test_seeding_enters_holidays_and_make_up_workdays_as_far_as_the_package_knows(inside):
    entered, unknown = actions.seed(range(2025, 2041))
    assert entered[0] == 2025
    assert unknown
    assert unknown[-1] == 2040
    assert kind_of(date(2025, 1, 26)) == ("on", "春节调休上班")
    assert kind_of(date(2025, 10, 1)) == ("off", "国庆节")
    assert kind_of(date(2025, 3, 5)) is None


def test_seeding_again_changes_nothing_and_leaves_what_people_entered(inside):
    actions.set_days(date(2025, 10, 1), date(2025, 10, 1), "on", "值班")
    actions.seed([2025])
    assert actions.seed([2025]) == ([], [])
    assert kind_of(date(2025, 10, 1)) == ("on", "值班")


@pytest.mark.parametrize("year", range(2004, 2041))
def test_no_year_is_an_exception(inside, year):
    start = date(year, 12, 20)
    end = add_working_days(queries.calendar_kept(), start, 30)
    assert queries.explain(start, end).counted == 30


def test_a_school_break_is_skipped_and_named_but_does_not_rename_the_holidays_in_it(inside):
    actions.seed([2025])
    actions.set_days(date(2025, 1, 20), date(2025, 2, 10), "off", "寒假")
    assert kind_of(date(2025, 1, 28)) == ("off", "春节")
    assert kind_of(date(2025, 1, 26)) == ("off", "寒假")  # what is entered wins over a make-up workday
    found = queries.explain(date(2025, 1, 17), date(2025, 2, 12))
    assert found.counted == 2
    assert {why for why, _days in found.skipped} == {"weekend", "寒假", "春节"}


def test_default_gives_the_days_back_to_the_week(inside):
    actions.set_days(date(2025, 3, 3), date(2025, 3, 7), "off", "春假")
    actions.set_days(date(2025, 3, 5), date(2025, 3, 5), "default", "")
    assert queries.explain(date(2025, 2, 28), date(2025, 3, 7)).counted == 1


def test_an_explanation_counts_skips_and_says_what_is_estimated(inside):
    actions.seed([2025])
    found = queries.explained(date(2025, 1, 24), 5)
    assert found.make_up == [date(2025, 1, 26)]
    said = " ".join(told(sentence) for sentence in queries.told(found))
    assert "2025-01-28–2025-02-04" in said
    assert queries.explain(date(2039, 3, 1), date(2039, 3, 8)).estimated == [2039]


def test_from_november_on_the_coming_year_is_missed(inside):
    assert queries.missing_years(date(2026, 10, 31)) == []
    assert queries.missing_years(date(2026, 11, 1)) == [2027]
    assert queries.missing_years(date(2027, 1, 1)) == [2027]
    actions.confirm_year(2027)
    assert queries.missing_years(date(2027, 12, 1)) == [2028]


def test_everybody_reads_the_calendar_and_an_unknown_year_warns(sign_in):
    head = sign_in("head")
    assert head.get("/calendars").status_code == 200
    unknown = head.get("/calendars?year=2039").text
    assert 'data-tone="soon"' in unknown
    assert "/calendars/days" not in unknown
    assert 'data-day="off"' in head.get("/calendars?year=2026").text


@pytest.mark.parametrize("year", ["2003", "2041", "99999999"])
def test_years_that_are_not_kept_do_not_exist(sign_in, year):
    assert sign_in("admin").get(f"/calendars?year={year}").status_code == 404


GIVEN = {"starts_on": "2026-07-10", "ends_on": "2026-08-20", "kind": "off", "note": "暑假"}


def test_an_administrator_enters_a_school_break(app, sign_in):
    admin = sign_in("admin")
    assert admin.post("/calendars/days", data=GIVEN).status_code == 303
    assert "暑假" in admin.get("/calendars?year=2026").text
    with app.app_context():
        assert db.session.query(CalendarDay).filter_by(note="暑假").count() == 42


@pytest.mark.parametrize(
    "wrong", [{"starts_on": ""}, {"starts_on": "soon"}, {"ends_on": "2026-07-09"}, {"ends_on": "2027-07-09"},
              {"kind": "half"}, {"note": "假" * 61}, {"starts_on": "1999-01-01", "ends_on": "1999-01-02"}, {"x": "y"}],
)  # fmt: skip
def test_days_that_cannot_be_are_refused_and_stay_typed(app, sign_in, wrong):
    given = GIVEN | wrong
    answer = sign_in("admin").post("/calendars/days", data=given)
    assert answer.status_code == 422
    assert given["note"] in answer.text
    with app.app_context():
        assert db.session.query(CalendarDay).count() == 1


@pytest.mark.parametrize("path", ["/calendars/days", "/calendars/2026/seed", "/calendars/2027/confirm"])
def test_nobody_else_changes_the_calendar(app, sign_in, path):
    assert sign_in("leader").post(path, data=GIVEN).status_code == 403


def test_a_year_is_seeded_or_confirmed_with_a_button(app, sign_in):
    admin = sign_in("admin")
    assert admin.post("/calendars/2024/seed").status_code == 303
    assert admin.post("/calendars/2039/seed").status_code == 303  # unknown to the package: said, no exception
    assert admin.post("/calendars/2027/confirm").status_code == 303
    with app.app_context():
        assert {y.year for y in db.session.query(CalendarYear)} == {2024, 2026, 2027}


def test_the_command_seeds_through_the_years_the_package_knows(app):
    runner = app.test_cli_runner()
    answer = runner.invoke(args=["calendars", "seed", "--from", "2024", "--to", "2040"])
    assert answer.exit_code == 0
    assert "2040" in answer.output
    with app.app_context():
        assert db.session.query(CalendarDay).filter(CalendarDay.on == date(2024, 2, 4)).one().kind == "on"


def test_a_deadline_over_new_year_counts_without_knowing_the_year(inside):
    start = date(2026, 12, 28)
    assert add_working_days(queries.calendar_kept(), start, 30) == start + timedelta(days=42)


def test_from_november_on_administrators_are_told_that_the_next_year_is_not_entered(app, sign_in):
    sentence = "2027年的工作日历尚未录入"
    with time_machine.travel(datetime(2026, 10, 31, 3, tzinfo=UTC), tick=False):
        assert sentence not in sign_in("admin").get("/").text
    with time_machine.travel(datetime(2026, 11, 26, 3, tzinfo=UTC), tick=False):
        assert sentence in sign_in("admin").get("/people").text
        assert sentence not in sign_in("head").get("/").text
    with time_machine.travel(datetime(2027, 1, 2, 3, tzinfo=UTC), tick=False):
        assert sentence in sign_in("head").get("/").text


LIST = """2027-01-01\t休\t元旦
2027/2/5至2027/2/11 休 春节
2027年2月20日，上班，春节调休
"""


def test_a_list_of_days_is_taken_in_whole_or_not_at_all(app, sign_in):
    admin = sign_in("admin")
    wrong = {
        "2026-01-01 休": "不在2027年", "2027-02-07 班": "第2行", "明天 休": "看不出", "2027-02-30 休": "没有这一天",
        "2027-05-01 也许": "也许", "2027-05-05至2027-05-01 休": "早于", "1999-01-01 休": "2004",
        "2027-06-01 休 " + "假" * 61: "60",
    }  # fmt: skip
    for line, why in wrong.items():
        answer = admin.post("/calendars/2027/list", data={"text": LIST + line})
        assert (answer.status_code, "第4行" in answer.text, why in answer.text, line[:30] in answer.text) == (
            422, True, True, True), line  # fmt: skip
    whole = admin.post("/calendars/2027/list", data={"text": "\n".join(wrong)}).text
    assert not [number for number in (1, 3, 4, 5, 6, 7, 8) if f"第{number}行" not in whole]
    said = admin.post("/calendars/2027/list", data={"text": "\n".join(wrong)}, headers={"Accept": "application/json"})
    assert [one["line"] for one in said.json["lines"]] == [1, 3, 4, 5, 6, 7, 8]
    assert admin.post("/calendars/2027/list", data={"text": ""}).status_code == 422
    with app.app_context():
        assert db.session.query(CalendarDay).filter(CalendarDay.on >= date(2027, 1, 1)).count() == 0
    for _twice in range(2):
        text = LIST + "5月1日（星期六）至3日 休 劳动节"  # as the notice of the year writes it, without the year
        assert admin.post("/calendars/2027/list", data={"text": text}).status_code == 303
    with app.app_context():
        assert db.session.query(CalendarDay).filter(CalendarDay.on >= date(2027, 1, 1)).count() == 12
        assert kind_of(date(2027, 5, 3)) == ("off", "劳动节")
        assert kind_of(date(2027, 2, 11)) == ("off", "春节")
        assert kind_of(date(2027, 2, 20)) == ("on", "春节调休")
