"""The demo has something true to show on every screen, and never touches a database that is in use."""

from __future__ import annotations

from collections import Counter

import pytest

from app.clock import now, today
from app.db import db, unit_of_work
from app.demo import county
from app.demo.orders import decide
from app.demo.walk import walk
from app.evidence import sweeping
from app.findings.models import Finding
from app.orders.models import Order
from app.tasks.entries import broken_links
from app.tasks.models import Task
from app.tasks.queries import is_overdue


@pytest.fixture
def empty(inside):
    """A database without anybody in it."""
    for table in ("posts", "persons", "units", "calendar_days", "calendar_years"):
        db.session.execute(db.text(f"DELETE FROM {table}"))
    db.session.commit()


def test_every_state_and_every_trouble_is_there(empty):
    with unit_of_work():
        county.enter(now())
    with unit_of_work():
        assert walk(now()) > 20
    with unit_of_work():
        decide(now())
    assert [order.task.state for order in db.session.query(Order).order_by(Order.id)] == ["answered", "issued"]
    findings = db.session.query(Finding).all()
    states = Counter(finding.task.state for finding in findings)
    assert set(states) >= {"draft", "issued", "contested", "planning", "plan_review", "rectifying", "verifying",
                           "closed", "withdrawn"}  # fmt: skip
    assert db.session.query(Task).filter(is_overdue(today())).count() > 3
    assert any(finding.extensions for finding in findings)
    assert any(finding.task.returns for finding in findings)
    assert all(broken_links(finding.task.entries) == [] for finding in findings)
    assert list(sweeping.unsound()) == []


def test_a_database_in_use_is_left_alone(app):
    said = app.test_cli_runner().invoke(args=["demo", "load"])
    assert said.exit_code == 0
    assert "not empty" in said.output
    with app.app_context():
        assert db.session.query(Finding).count() == 0
