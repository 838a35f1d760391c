"""The light of a task: one written precedence, row by row, and the words of the countdown."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import pytest

from app.tasks.lights import countdown, light
from workflows.book import WORKFLOWS

TODAY = date(2026, 3, 5)
SENT = datetime(2026, 3, 1, tzinfo=UTC)


@dataclass
class Row:
    state: str = "rectifying"
    due: int | None = 30
    submitted_at: datetime | None = None
    returns: int = 0
    open: bool = True
    kind: str = "finding"

    @property
    def due_on(self) -> date | None:
        return None if self.due is None else TODAY + timedelta(days=self.due)


@pytest.mark.parametrize("row, shape, word, tone", [
    (Row("closed", -9, SENT, 1, open=False), "✔", "Closed", "done"),
    (Row("withdrawn", -9, returns=1, open=False), "–", "Withdrawn", "idle"),
    (Row(due=-2, returns=1), "↩", "Returned", "returned"),
    (Row(due=2, returns=1), "↩", "Returned", "returned"),
    (Row("verifying", -2, SENT, 1), "●", "Awaiting verification", "waiting"),
    (Row("verifying", -2, SENT), "●", "Awaiting verification", "waiting"),
    (Row(due=-1), "▲", "Overdue", "late"),
    (Row("issued", due=-1), "▲", "Overdue", "late"),
    (Row(due=0), "◐", "Due soon", "soon"),
    (Row("issued", due=3), "◐", "Due soon", "soon"),
    (Row("issued", due=4), "○", "Not started", "idle"),
    (Row("draft", due=None), "○", "Not started", "idle"),
    (Row(due=4), "●", "In progress", "going"),
    (Row("contested", due=None), "●", "In progress", "going"),
])  # fmt: skip
def test_the_most_pressing_line_of_the_precedence_is_shown(row, shape, word, tone):
    assert light(row, TODAY) == (shape, word, tone)


@pytest.mark.parametrize("left, words", [
    (-2, "2 days overdue"), (-1, "1 day overdue"), (0, "Due today"), (1, "Due tomorrow"), (3, "3 days left"),
])  # fmt: skip
def test_the_countdown_goes_by_the_calendar(left, words):
    assert countdown(Row(due=left), TODAY) == words


def test_a_clock_that_stands_still_is_not_counted_down():
    still = [Row(due=None), Row("verifying", 3, SENT), Row("closed", 3, SENT, open=False)]
    assert [countdown(row, TODAY) for row in still] == [None, None, None]


@pytest.mark.parametrize("kind", WORKFLOWS)
def test_every_state_of_every_kind_has_a_light(kind):
    for state in WORKFLOWS[kind].states:
        for sent in (None, SENT):
            assert light(Row(state.name, 3, sent, open=not state.is_end, kind=kind), TODAY).word


def test_six_shapes_are_told_apart_without_colour():
    rows = [Row("closed", open=False), Row(returns=1), Row(due=-1), Row(due=1), Row("issued"), Row()]
    assert len({light(row, TODAY).shape for row in rows}) == 6
