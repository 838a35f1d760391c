"""The preview is the same look as the tick's: what it counts is what is then said, and it changes nothing."""

from __future__ import annotations

from dataclasses import replace

from app.db import db, unit_of_work
from app.escalations import queries
from app.escalations.models import Climb, Proposal
from app.escalations.previewing import preview, sentences
from app.people.models import Post
from app.tasks.entries import Entry, Listener
from tests.escalations.scenes import at, promised, ticked
from workflows.rungs import Ladder, Rung


def test_what_is_previewed_is_what_is_then_said(cast):
    for _n in range(3):
        promised(cast)
    before = db.session.query(Entry).count()
    found = preview(at(9, 25))
    assert db.session.query(Climb).count() == 0
    assert db.session.query(Entry).count() == before
    ticked(at(9, 25))
    told = db.session.query(Listener).join(Entry).filter(Entry.actor_id.is_(None)).all()
    assert (found.messages, len(found.heard)) == (len(told), len({row.person_id for row in told}))
    assert found.papers["order"] == db.session.query(Proposal).count() == 3


def test_a_task_that_reaches_nobody_is_counted(cast):
    promised(cast)
    db.session.query(Post).delete()
    for person in (cast.owner, cast.inspector):
        person.active = False
    db.session.flush()
    found = preview(at(9, 21))
    assert len(found.unheard) >= 1
    assert any("reach nobody" in sentence for sentence in sentences(found, []))


def test_a_changed_ladder_is_previewed_before_it_is_saved_and_a_flood_is_told_with_numbers(cast, monkeypatch):
    for _n in range(3):
        promised(cast)
    plain = queries.ladders()[0].as_law()
    loud = Ladder(plain.name, (Rung(1, "urging", "red", ("leader",)),), plain.id)
    monkeypatch.setattr("app.escalations.previewing.FLOOD_OF_ONE", 2)
    found = preview(at(9, 21), loud)
    assert (found.leaders, found.messages, found.is_flood) == (6, 6, True)  # the visits are late too
    assert any("周明达 alone would hear 6 times" in sentence for sentence in sentences(found, [loud]))
    assert preview(at(9, 21), replace(plain)).leaders == 0


def test_the_command_prints_it_for_any_moment_and_changes_nothing(app, cast):
    promised(cast)
    with unit_of_work():
        pass
    said = app.test_cli_runner().invoke(args=["escalate", "--preview", "--at", "2026-09-21T08:00"])
    assert said.exit_code == 0, said.output
    assert "messages to" in said.output
    assert "Nothing was changed." in said.output
    assert db.session.query(Climb).count() == 0
    assert app.test_cli_runner().invoke(args=["escalate", "--at", "2026-09-21"]).exit_code == 2
