"""Working days: make-up days count, holidays do not, and no year ever raises."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from workflows.calendar import Calendar, add_working_days, counted, next_working_day, working_days_between

HOLIDAY = {date(2026, 10, day): ("off", "国庆节") for day in range(1, 8)}
PLAIN, OCTOBER = Calendar({}), Calendar(HOLIDAY | {date(2026, 10, 10): ("on", "调休")}, frozenset({2026}))
days = st.dates(min_value=date(2004, 1, 1), max_value=date(2040, 12, 31))


def test_the_day_itself_is_not_counted_and_the_weekend_is_skipped():
    assert add_working_days(PLAIN, date(2026, 11, 20), 1) == date(2026, 11, 23)
    assert add_working_days(PLAIN, date(2026, 11, 23), 5) == date(2026, 11, 30)


def test_a_long_holiday_is_skipped_and_a_make_up_saturday_counts():
    assert add_working_days(OCTOBER, date(2026, 9, 30), 3) == date(2026, 10, 10)


def test_every_skipped_day_says_why():
    skipped = [(day.on.day, day.why) for day in counted(OCTOBER, date(2026, 9, 30), 1) if not day.counted]
    assert skipped == [(day, "国庆节") for day in range(1, 8)]


def test_a_year_nobody_announced_follows_the_week_and_says_so():
    day = next(counted(OCTOBER, date(2031, 1, 1), 1))
    assert day.counted
    assert day.estimated


def test_the_next_working_day_may_be_the_day_itself():
    assert next_working_day(OCTOBER, date(2026, 10, 1)) == date(2026, 10, 8)
    assert next_working_day(OCTOBER, date(2026, 10, 8)) == date(2026, 10, 8)


@given(days, st.integers(min_value=0, max_value=250))
@settings(max_examples=200)
def test_counting_there_and_back_agrees(start, count):
    end = add_working_days(OCTOBER, start, count)
    assert working_days_between(OCTOBER, start, end) == count
    assert working_days_between(OCTOBER, end, start) == -count


@given(days, days)
@settings(max_examples=200)
def test_more_days_never_end_earlier(first, second):
    early, late = sorted((first, second))
    assert add_working_days(OCTOBER, early, 5) <= add_working_days(OCTOBER, late, 5)
    assert late - early >= timedelta(0)
