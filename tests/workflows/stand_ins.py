"""The smallest things the law can look at."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from typing import Any

from workflows.grammar import Case

NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
TODAY = date(2026, 11, 23)


def piece(kind: str = "after") -> SimpleNamespace:
    """One piece of evidence."""
    return SimpleNamespace(kind=kind)


def task(**facts: Any) -> SimpleNamespace:
    """A task with nothing special about it."""
    plain = {
        "id": 1, "unit_id": 7, "weight": "ordinary", "track": "deadline", "state": "draft", "level": 1, "levels": 1,
        "issued_at": None, "submitted_at": None, "due_on": None, "returns": 0, "resume_level": None,
        "withdrawal_by_id": None, "blocked_by": None, "blocked_since": None, "owner_id": None,
        "live_evidence": [], "unused_scans": [], "awaited": [], "created_at": NOW, "subject": SimpleNamespace(),
        "unit": SimpleNamespace(has_account=True), "current_wait": None,
    }  # fmt: skip
    return SimpleNamespace(**(plain | facts))


def measure(**facts: Any) -> SimpleNamespace:
    """A measure that somebody owns, due in a week."""
    plain = {"state": "planned", "owner_id": 3, "due_on": TODAY + timedelta(days=7)}
    return SimpleNamespace(task=task(**(plain | facts)))


def actor(person: int = 1, **facts: Any) -> SimpleNamespace:
    """Somebody who stands in for nobody."""
    plain = {"id": person, "identities": frozenset({person}), "unit_ids": frozenset(), "acts_for": lambda task: False}
    return SimpleNamespace(**(plain | facts))


def case(on: Any = None, subject: Any = None, by: Any = None, **given: Any) -> Case:
    """What the law is shown."""
    seen = on or task()
    seen.subject = subject or seen.subject
    return Case(seen, by or actor(), NOW, TODAY, given)


def subject(**facts: Any) -> SimpleNamespace:
    """A finding with nothing said about it yet."""
    plain = {
        "deadline_on": None, "protection": "", "live_measures": [], "returned_at": None, "is_self_check": False,
        "doers": frozenset(), "passed_by": frozenset(), "undecided_extensions": [], "drafts": 0, "standing": 0,
    }  # fmt: skip
    return SimpleNamespace(**(plain | facts))
