"""The ladder's arithmetic: which rung has come, which one speaks, what is only recorded, what is refused."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from workflows.calendar import Calendar
from workflows.ladder import Office, Stay, ascent, moments, next_alarm, rung_at
from workflows.rungs import SHIPPED, Ladder, Rung, contradictions

SHANGHAI = ZoneInfo("Asia/Shanghai")
HOLIDAY = {date(2026, 10, day): ("off", "国庆节") for day in range(1, 8)}
OFFICE = Office(Calendar(HOLIDAY), SHANGHAI)
PLAIN = Ladder("Plain", tuple(Rung(r.days, r.kind, r.light, r.hears, r.decides, id=n + 1)
                              for n, r in enumerate(SHIPPED["plain"].rungs)))  # fmt: skip


def at(month: int, day: int, hour: int = 8, minute: int = 0) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=SHANGHAI)


def stay(end: datetime, begun: datetime | None = None, **kept) -> Stay:
    return Stay(begun or at(9, 1), end.replace(hour=23, minute=59, second=59), **kept)


FRIDAY = stay(at(9, 18))  # 2026-09-18 is a Friday


def test_rungs_come_on_the_mornings_of_working_days():
    days = [(moment.date().isoformat(), rung.days) for moment, rung in moments(PLAIN, FRIDAY, OFFICE)]
    assert days[:5] == [("2026-09-15", -3), ("2026-09-17", -1), ("2026-09-21", 1), ("2026-09-23", 3), ("2026-09-25", 5)]
    assert days[5][0] == "2026-10-09"  # ten working days, the holiday skipped
    assert {moment.hour for moment, _rung in moments(PLAIN, FRIDAY, OFFICE)} == {8}


def test_a_late_wait_climbs_rung_by_rung_and_then_falls_silent():
    climbed, spoken, now = {}, [], at(9, 14, 9)
    while now < at(11, 20):
        seen = ascent(PLAIN, stay(at(9, 18), climbed=dict(climbed)), now, OFFICE)
        assert len(seen.steps) <= 1
        spoken += [step.rung.days for step in seen.steps if step.outcome == "spoke"]
        climbed |= {step.rung.id: step.rung.days for step in seen.steps}
        now += timedelta(days=1)
    assert spoken == [-3, -1, 1, 3, 5, 10, 20]
    assert seen.alarm_at is None


def test_after_a_gap_the_highest_speaks_the_rest_is_recorded_and_reminders_expire():
    seen = ascent(PLAIN, FRIDAY, at(9, 28, 9), OFFICE)
    told = {step.rung.days: step.outcome for step in seen.steps}
    assert told == {-3: "expired", -1: "expired", 1: "skipped", 3: "skipped", 5: "spoke"}
    assert seen.speaks.kind == "order"
    assert seen.alarm_at == at(10, 9)


def test_a_weekend_after_the_end_says_nothing_but_records_what_expired():
    seen = ascent(PLAIN, FRIDAY, at(9, 20, 9), OFFICE)
    assert {step.outcome for step in seen.steps} == {"expired"}
    assert seen.speaks is None


def test_what_passed_before_the_wait_began_is_not_its_holders():
    begun_late = stay(at(9, 18), begun=at(9, 22, 10))
    assert rung_at(PLAIN, begun_late, at(9, 22, 11), OFFICE) is None
    assert next_alarm(PLAIN, begun_late, OFFICE) == at(9, 23)


def test_a_wait_that_begins_past_the_whole_ladder_still_speaks_once():
    forgotten = stay(at(9, 18), begun=at(12, 1, 10))
    seen = ascent(PLAIN, forgotten, at(12, 1, 11), OFFICE)
    assert [(step.rung.days, step.outcome) for step in seen.steps] == [(20, "spoke")]
    assert seen.alarm_at is None


def test_an_acknowledgement_holds_what_the_machine_says_but_never_an_order():
    held = stay(at(9, 18), climbed={1: -3, 2: -1, 3: 1}, held_until=at(9, 28))
    assert ascent(PLAIN, held, at(9, 24, 9), OFFICE).steps == ()
    assert ascent(PLAIN, held, at(9, 25, 9), OFFICE).speaks.kind == "order"


def test_a_lower_rung_that_comes_after_a_higher_one_is_only_recorded():
    held = stay(at(9, 18), climbed={1: -3, 2: -1, 3: 1, 5: 5}, held_until=at(9, 28))
    assert [step.outcome for step in ascent(PLAIN, held, at(9, 28, 9), OFFICE).steps] == ["skipped"]


def test_an_edited_ladder_goes_on_above_what_was_said():
    other = Ladder(
        "Other", (Rung(2, "urging", "red", ("holder",), id=91), Rung(6, "urging", "red", ("holder",), id=92))
    )
    assert next_alarm(other, stay(at(9, 18), climbed={4: 3}), OFFICE) == at(9, 28)
    assert next_alarm(other, stay(at(9, 18), climbed={91: 1}), OFFICE) == at(9, 28)  # moved up, but climbed before


@pytest.mark.parametrize("key", SHIPPED)
def test_a_shipped_ladder_is_sound(key):
    assert list(contradictions(SHIPPED[key].rungs)) == []


@pytest.mark.parametrize(
    ("rungs", "said"),
    [
        ((), "at least one rung"),
        ((Rung(1, "order", "red", ("head",), "leader"), Rung(3, "urging", "red", ("holder",))), "Out of order"),
        ((Rung(5, "order", "red", ("head",)),), "never goes out by itself"),
        ((Rung(1, "urging", "red", ("holder",), "leader"),), "nobody decides it"),
        ((Rung(1, "urging", "red", ()),), "Nobody would hear"),
        ((Rung(1, "urging", "red", ("holder",)), Rung(1, "urging", "red", ("head",))), "same day"),
        ((Rung(2, "reminder", "blue", ("holder",)),), "before the end"),
        ((Rung(-2, "urging", "blue", ("holder",)),), "before the end"),
        ((Rung(999, "urging", "red", ("holder",)),), "At most 250"),
    ],
)
def test_a_ladder_that_contradicts_itself_is_refused(rungs, said):
    assert any(said in sentence for sentence in contradictions(rungs))


def test_nothing_is_said_at_night_on_rest_days_or_after_hours():
    assert OFFICE.is_open(at(9, 18, 8))
    assert not OFFICE.is_open(at(9, 18, 7, 59))
    assert not OFFICE.is_open(at(9, 18, 18))
    assert not OFFICE.is_open(at(9, 19, 10))
    assert not OFFICE.is_open(at(10, 5, 10))
    assert OFFICE.is_open(at(9, 18, 9).astimezone(UTC))


@pytest.mark.parametrize("night", [date(2027, 3, 14), date(2027, 11, 7)])
def test_the_night_in_which_clocks_are_changed_costs_no_rung_and_doubles_none(night):
    new_york = ZoneInfo("America/New_York")
    office = Office(Calendar({night: ("on", "补班")}), new_york)
    end = datetime(night.year, night.month, night.day, 23, 59, 59, tzinfo=new_york)
    spoken, climbed = [], {}
    now, last = (end - timedelta(days=5)).astimezone(UTC), (end + timedelta(days=4)).astimezone(UTC)
    while now < last:
        if office.is_open(now):
            seen = ascent(PLAIN, Stay(end - timedelta(days=30), end, dict(climbed)), now, office)
            spoken += [(step.rung.days, now.astimezone(new_york)) for step in seen.steps]
            climbed |= {step.rung.id: step.rung.days for step in seen.steps}
        now += timedelta(minutes=30)
    told = dict(spoken)
    assert (len(spoken), sorted(told)) == (4, [-3, -1, 1, 3])
    assert {moment.hour for moment in told.values()} == {8}
    assert [(moment.date() - night).days for _days, moment in sorted(told.items())] == [-4, -2, 1, 3]


def test_however_the_clock_jumps_no_rung_is_climbed_twice_and_the_last_state_is_the_same():
    rng = random.Random(20261126)
    jumps = [timedelta(hours=-1), timedelta(hours=1), timedelta(days=-1), timedelta(days=40), timedelta(hours=7)]
    for _walk in range(100):
        climbed, now = {}, at(9, 10)
        for _tick in range(30):
            now += rng.choice(jumps)
            for step in ascent(PLAIN, stay(at(9, 18), climbed=dict(climbed)), now, OFFICE).steps:
                assert step.rung.id not in climbed
                climbed[step.rung.id] = step.rung.days
        seen = ascent(PLAIN, stay(at(9, 18), climbed=dict(climbed)), at(12, 30), OFFICE)
        assert len(climbed) + len(seen.steps) == len(PLAIN.rungs)
