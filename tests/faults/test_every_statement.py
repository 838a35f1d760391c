"""A fault after each statement of a step, one after the other: nothing is left of it, and then it goes through."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BytesIO

import pytest
from sqlalchemy import event, text

from app.clock import now
from app.db import db, unit_of_work
from app.evidence.actions import Stored
from app.evidence.actions import add as add_evidence
from app.evidence.receiving import keep
from app.extensions.actions import ask
from app.findings.models import Finding
from app.steps.actions import take
from tests import story
from tests.cast import Cast
from tests.faults.equations import wrong

TABLES = ("tasks", "entries", "entry_texts", "listeners", "waits", "parties", "due_dates", "verifications", "measures",
          "evidence", "extensions")  # fmt: skip
MOST = 120  # statements; no step costs as many
PHOTO = b"photo"
ORIGINAL = Stored("照片.jpg", hashlib.sha256(PHOTO).hexdigest(), 5, "image/jpeg", 100, 80)


class Broken(RuntimeError):
    """The power went."""


def withdraw(finding: Finding, cast: Cast) -> None:
    take(finding.task, "propose_withdrawal", cast.inspector, now=now(), reason="误报")
    take(finding.task, "confirm_withdrawal", cast.colleague, now=now(), reason="属实")


def extend(finding: Finding, cast: Cast) -> None:
    later = finding.task.due_on.replace(year=finding.task.due_on.year + 1)
    extension = ask(finding, cast.owner, now=now(), reason="待拨款", proposed_on=later)
    take(extension.task, "grant", cast.district, now=now(), on=later, remark="同意")


Act = Callable[[Finding, Cast], object]


def step(name: str, login: str, **given: str) -> Act:
    """That step, taken by whoever has that login; a login that is given becomes the person."""

    def act(finding: Finding, cast: Cast) -> None:
        answers = {ask: getattr(cast, word) if ask == "owner" else word for ask, word in given.items()}
        take(finding.task, name, getattr(cast, login), now=now(), **answers)

    return act


def photo(finding: Finding, cast: Cast) -> None:
    add_evidence(finding.measures[0].task, cast.owner, "after", ORIGINAL, now=now())


# What is done, and from where.
ACTS: dict[str, tuple[Callable[[Cast], Finding], Act]] = {
    "issue": (story.draft, step("issue", "inspector")),
    "acknowledge": (story.issued, step("acknowledge", "head", owner="owner")),
    "plan": (story.planning, story.planned),
    "photo": (story.rectifying, photo),
    "reassign": (story.rectifying, step("reassign", "head", owner="teacher", remark="")),
    "pass_on": (story.verifying, step("pass_on", "district", method="papers", remark="")),
    "send_back": (story.verifying, step("send_back", "district", method="papers", reason="照片不清")),
    "withdraw": (story.rectifying, withdraw),
    "extend": (story.rectifying, extend),
}


@contextmanager
def broken_after(count: int) -> Iterator[None]:
    """Inside, the statement with that number is carried out and then everything breaks."""
    left = [count]

    def tick(*_sent: object) -> None:
        left[0] -= 1
        if left[0] == 0:
            raise Broken

    event.listen(db.engine, "after_cursor_execute", tick)
    try:
        yield
    finally:
        event.remove(db.engine, "after_cursor_execute", tick)


@contextmanager
def broken_at_commit() -> Iterator[None]:
    def refuse(_connection: object) -> None:
        raise Broken

    event.listen(db.engine, "commit", refuse)
    try:
        yield
    finally:
        event.remove(db.engine, "commit", refuse)


def stored() -> list[list[tuple[object, ...]]]:
    """Every row of every table a step may touch."""
    db.session.rollback()
    return [sorted(map(repr, db.session.execute(text(f"SELECT * FROM {table}")))) for table in TABLES]


def done(act: Callable[[Finding, Cast], object], finding_id: int) -> None:
    db.session.remove()
    with unit_of_work():
        act(db.session.get_one(Finding, finding_id), Cast())


@pytest.mark.parametrize("name", ACTS)
def test_a_fault_after_any_statement_leaves_nothing(app, name):
    reach, act = ACTS[name]
    with app.app_context():
        with unit_of_work():
            finding_id = reach(Cast()).id
            keep(BytesIO(PHOTO), 100)
        before = stored()
        for count in range(1, MOST):
            try:
                with broken_after(count):
                    done(act, finding_id)
            except Broken:
                assert stored() == before, count
            else:
                break
        assert 5 < count < MOST
        assert stored() != before
        assert wrong() == []


def test_a_fault_at_the_commit_leaves_nothing(app):
    with app.app_context():
        with unit_of_work():
            finding_id = story.verifying(Cast()).id
        before = stored()
        with pytest.raises(Broken), broken_at_commit():
            done(ACTS["pass_on"][1], finding_id)
        assert stored() == before
        assert wrong() == []
