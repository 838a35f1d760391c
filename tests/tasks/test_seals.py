"""The seals: every entry gets one number, the head is signed, and the audit names whatever was changed."""

from __future__ import annotations

from datetime import timedelta
from threading import Barrier, Thread

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from app.clock import now
from app.db import db, unit_of_work
from app.steps.actions import take
from app.tasks import auditing
from app.tasks.entries import Entry
from app.tasks.sealing import seal
from app.tasks.seals import Seal, SealHead
from tests import story
from tests.cast import Cast

GUARDED = ("entries", "seals", "seal_heads")


@pytest.fixture
def house(app):
    """A finding verified at both levels, its entries sealed in two goes, nobody watching the tables any more."""
    with app.app_context():
        with unit_of_work():
            finding = story.verifying(Cast())
            task_id, measure_id = finding.task.id, finding.measures[0].task.id
        assert seal(now()) > 0
        with unit_of_work():
            task = db.session.get(type(finding.task), task_id)
            take(task, "pass_on", Cast().district, now=now(), method="papers", remark="")
        assert seal(now()) == 1
        _unguard()
        yield {"task": task_id, "measure": measure_id}
        db.session.rollback()


def _unguard() -> None:
    """Until this transaction ends the triggers sleep; on SQLite they are gone with this test's file."""
    if db.engine.dialect.name == "postgresql":
        db.session.execute(text("SET LOCAL session_replication_role = replica"))
        return
    for table in GUARDED:
        for act in ("update", "delete"):
            db.session.execute(text(f"DROP TRIGGER {table}_no_{act}"))


def test_an_untouched_house_has_no_faults(house):
    assert list(auditing.faults()) == []
    entries = set(db.session.scalars(select(Entry.id)))
    assert set(db.session.scalars(select(Seal.entry_id))) == entries
    assert [head.number for head in db.session.scalars(select(SealHead))] == [len(entries) - 1, len(entries)]


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ("UPDATE entries SET actor_name = '别人' WHERE task_id = :task AND seq = 3", "entry 3 was changed"),
        ("UPDATE entries SET at = :then WHERE task_id = :task AND seq = 3", "entry 3 was changed"),
        ("UPDATE entries SET facts = '{{}}' WHERE task_id = :task AND seq = 3", "entry 3 was changed"),
        ("UPDATE entries SET hash = :digest WHERE task_id = :task AND seq = 3", "entry 4 does not follow"),
        ("UPDATE entry_texts SET content = '好' WHERE entry_id = (SELECT id FROM entries WHERE task_id = :measure "
         "AND step = 'finish')", "task {measure}: the text of entry"),
        ("UPDATE tasks SET entry_seq = entry_seq - 1 WHERE id = :task", "its entries do not end where the task says"),
        ("UPDATE seals SET digest = :digest WHERE number = 3", "seal 3 (entry"),
        ("UPDATE seal_heads SET signature = :digest", "its signature does not hold"),
        ("UPDATE seal_heads SET at = :then", "its signature does not hold"),
        ("DELETE FROM seal_heads", "the seals after 0 are not signed"),
    ],
)  # fmt: skip
def test_a_change_past_the_guards_is_named(house, change, named):
    given = {**house, "digest": "0" * 64, "then": (now() - timedelta(days=1)).replace(tzinfo=None)}
    wanted = {name: value for name, value in given.items() if f":{name}" in change}
    db.session.execute(text(change.replace("{{}}", "{}")), wanted)
    found = list(auditing.faults())
    assert any(named.format(**house) in fault for fault in found), found


def test_the_last_entry_cannot_be_cut_off_unseen(house):
    last = db.session.scalar(select(Entry.id).where(Entry.task_id == house["task"]).order_by(Entry.seq.desc()).limit(1))
    for table, column in (("seal_heads", "number"), ("seals", "number")):
        top = db.session.scalar(text(f"SELECT max({column}) FROM {table}"))
        db.session.execute(text(f"DELETE FROM {table} WHERE {column} = :top"), {"top": top})
    db.session.execute(text("DELETE FROM listeners WHERE entry_id = :id"), {"id": last})
    db.session.execute(text("DELETE FROM entry_texts WHERE entry_id = :id"), {"id": last})
    db.session.execute(text("DELETE FROM entries WHERE id = :id"), {"id": last})
    found = list(auditing.faults())
    assert [fault for fault in found if "do not end where the task says" in fault], found


def test_a_whole_chain_written_anew_is_given_away_by_its_seals(house):
    """Who may write tables can forge a chain that fits; what was sealed and signed no longer fits it."""
    entry = db.session.scalars(select(Entry).where(Entry.task_id == house["task"]).order_by(Entry.seq.desc())).first()
    entry.actor_name = "别人"
    entry.hash = entry.sealed_hash()
    entry.task.entry_head = entry.hash
    db.session.flush()
    found = list(auditing.faults())
    assert not [fault for fault in found if fault.startswith("task")], found
    assert [fault for fault in found if fault.startswith("seal")], found


def test_an_entry_committed_late_is_numbered_next(app):
    with app.app_context():
        with unit_of_work():
            story.issued(Cast())
        seal(now())
        highest = db.session.scalar(select(Seal.entry_id).order_by(Seal.entry_id.desc()).limit(1))
        db.session.rollback()
        with unit_of_work():
            late = db.session.get_one(Entry, highest)
            _unguard()
            db.session.execute(text("DELETE FROM seal_heads"))
            db.session.execute(text("DELETE FROM seals WHERE entry_id = :id"), {"id": late.id - 1})
            db.session.execute(text("DELETE FROM seals WHERE entry_id = :id"), {"id": late.id})
            renumbered = {"number": highest - 1, "entry_id": late.id, "digest": "x"}
            db.session.execute(text("INSERT INTO seals VALUES (:number, :entry_id, :digest)"), renumbered)
        assert seal(now()) == 1
        last = db.session.scalars(select(Seal).order_by(Seal.number.desc())).first()
        assert (last.number, last.entry_id) == (highest, highest - 1)


def test_two_sealers_at_once_give_each_entry_one_number(app):
    with app.app_context(), unit_of_work():
        story.closed(Cast())
    barrier = Barrier(4)

    def run() -> None:
        with app.app_context():
            barrier.wait(10)
            seal(now())
            db.session.remove()

    threads = [Thread(target=run) for _sealer in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    with app.app_context():
        seal(now())
        assert list(auditing.faults()) == []


@pytest.mark.parametrize("order", ["UPDATE seals SET digest = ''", "DELETE FROM seal_heads"])
def test_the_database_itself_refuses_to_change_a_seal(app, order):
    with app.app_context():
        with unit_of_work():
            story.issued(Cast())
        seal(now())
        with pytest.raises(DBAPIError, match="append-only"):
            db.session.execute(text(order))
        db.session.rollback()


def test_a_former_secret_still_verifies(app):
    before = app.config["SECRET_KEY"]
    with app.app_context():
        with unit_of_work():
            story.issued(Cast())
        seal(now())
        app.config["SECRET_KEY"] = "another secret, long enough for anybody"
        try:
            assert [fault for fault in auditing.faults() if "signature" in fault]
            app.config["SECRET_KEY_FALLBACKS"] = [before]
            assert list(auditing.faults()) == []
        finally:
            app.config["SECRET_KEY"], app.config["SECRET_KEY_FALLBACKS"] = before, []


def test_the_command_says_so_and_ends_with_it(app):
    with app.app_context(), unit_of_work():
        story.issued(Cast())
    runner = app.test_cli_runner()
    with app.app_context():
        assert "sealed" in runner.invoke(args=["seal"]).output
        sound = runner.invoke(args=["audit"])
    assert (sound.exit_code, "Every entry is what was written." in sound.output) == (0, True)
    with app.app_context(), unit_of_work():
        _unguard()
        db.session.execute(text("UPDATE entries SET actor_post = '局长' WHERE seq = 2"))
    with app.app_context():
        broken = runner.invoke(args=["audit"])
    assert (broken.exit_code, "entry 2 was changed" in broken.output) == (1, True)
