"""When something may go: never in quiet hours or on rest days, and never before the moment it is asked for."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from app.calendars.queries_hours import HouseHours
from app.notices.when import Times
from workflows.calendar import Calendar

SPRING, AUTUMN = date(2027, 3, 14), date(2027, 11, 7)  # Sundays on which New York changes its clocks, worked here
CALENDAR = Calendar({SPRING: ("on", "补班"), AUTUMN: ("on", "补班")}, frozenset({2027}))


@pytest.mark.parametrize("night", [SPRING, AUTUMN])
@pytest.mark.parametrize("quiet", [(time(20), time(7)), (time(22), time(1, 30)), (time(2), time(3))])
def test_the_night_in_which_clocks_are_changed_keeps_quiet_hours_and_loses_nothing(night, quiet):
    zone = ZoneInfo("America/New_York")
    times = Times(CALENDAR, zone, HouseHours(office=(time(8), time(18)), quiet=quiet, digest=time(8)))
    asked = datetime(night.year, night.month, night.day, tzinfo=UTC) - timedelta(days=1)
    for _quarter in range(3 * 24 * 4):
        goes = times.may_go(asked)
        here = goes.astimezone(zone)
        assert goes >= asked
        assert CALENDAR.works(here.date())
        assert not times.quiet.holds(here.time())
        assert times.digest_after(asked) >= asked
        asked += timedelta(minutes=15)
