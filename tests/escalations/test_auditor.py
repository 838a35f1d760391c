"""The auditor finds every defect that is planted, and nothing in a house that is in order."""

from __future__ import annotations

from sqlalchemy import text

from app.clock import now
from app.db import db, unit_of_work
from app.escalations import auditing
from tests import story
from tests.cast import Cast
from tests.escalations.scenes import at, promised, ticked

TRIGGERS = {
    "sqlite": ("DROP TRIGGER entries_no_delete", "DROP TRIGGER entries_no_update"),
    "postgresql": ("DROP TRIGGER entries_no_change ON entries",),
}
LOOSE = {
    "sqlite": ("DROP INDEX uq_waits_open", "PRAGMA ignore_check_constraints=ON", "PRAGMA defer_foreign_keys=ON"),
    "postgresql": (
        "DROP INDEX uq_waits_open", "ALTER TABLE climbs DROP CONSTRAINT ck_climbs_spoke",
        "SET session_replication_role = replica",
    ),
}  # fmt: skip
PLANTS = {
    "no_wait": "DELETE FROM waits WHERE task_id = :task AND ended_at IS NULL",
    "two_waits": "INSERT INTO waits (task_id, state, level, role, started_at) "
    "SELECT task_id, state, level, role, started_at FROM waits WHERE task_id = :task AND ended_at IS NULL",
    "wait_elsewhere": "UPDATE waits SET state = 'planning' WHERE task_id = :task AND ended_at IS NULL",
    "wait_backwards": "UPDATE waits SET ended_at = '2001-01-01' WHERE task_id = :task AND state = 'issued'",
    "no_outcome": "UPDATE waits SET outcome = NULL WHERE task_id = :task AND state = 'issued'",
    "due_elsewhere": "UPDATE tasks SET due_on = '2030-01-01', due_key = '2030-01-01' WHERE id = :task",
    "due_key": "UPDATE tasks SET due_key = '2030-01-01' WHERE id = :task",
    "not_submitted": "UPDATE tasks SET submitted_at = NULL WHERE id = :slow",
    "ended_alarm": "UPDATE tasks SET alarm_at = '2026-10-01' WHERE id = :ended",
    "ended_waits": "UPDATE waits SET ended_at = NULL WHERE task_id = :ended AND state = 'verifying' AND level = 2",
    "orphan": "UPDATE tasks SET parent_id = :ended WHERE id = :slow",
    "last_entry": "UPDATE tasks SET entry_seq = entry_seq + 1 WHERE id = :task",
    "head": "UPDATE tasks SET entry_head = 'x' WHERE id = :task",
    "state_elsewhere": "UPDATE tasks SET state = 'planning' WHERE id = :task",
    "chain_gap": "DELETE FROM entries WHERE task_id = :task AND seq = 3",
    "chain_link": "UPDATE entries SET previous = 'x' WHERE task_id = :task AND seq = 3",
    "entry_beyond": "UPDATE tasks SET entry_seq = entry_seq - 1 WHERE id = :task",
    "climb_elsewhere": "UPDATE climbs SET task_id = :slow WHERE task_id = :task AND days = 1",
    "climb_unsaid": "UPDATE climbs SET entry_id = NULL WHERE task_id = :task AND days = 5",
    "climb_untold": "DELETE FROM listeners WHERE entry_id IN (SELECT entry_id FROM climbs WHERE task_id = :task)",
    "climb_early": "UPDATE climbs SET fired_at = '2001-01-01' WHERE task_id = :task AND days = 5",
    "held_too_long": "UPDATE climbs SET held_at = fired_at, held_until = fired_at WHERE task_id = :task AND days = 5",
    "unproposed": "DELETE FROM proposals WHERE task_id = :task",
    "proposal_kind": "UPDATE proposals SET kind = 'talk' WHERE task_id = :task",
    "proposal_elsewhere": "UPDATE proposals SET task_id = :ended WHERE task_id = :task",
    "climb_missing": "DELETE FROM climbs WHERE task_id = :task AND days = 1",
    "alarm_unheard": "UPDATE tasks SET alarm_at = '2026-09-01' WHERE id = :task",
    "no_next": "UPDATE tasks SET alarm_at = NULL WHERE id = :task",
    "unclimbed": "DELETE FROM climbs WHERE task_id = :task",
}  # fmt: skip


def scene(cast) -> dict[str, int]:
    """A finding that climbed to the order, one with a slow verifier, and one that is closed."""
    climbed = promised(cast)
    slow = story.verifying(cast, at=at(9, 10), deadline_on=at(9, 18).date())
    ended = story.closed(cast, at=at(9, 10), deadline_on=at(9, 18).date())
    for day in (21, 23, 25):
        ticked(at(9, day))
    return {"task": climbed.task.id, "slow": slow.task.id, "ended": ended.task.id}


def test_a_house_in_order_gives_no_alarm_and_every_plant_is_found(cast):
    ids = scene(cast)
    assert auditing.audit(at(9, 25, 10)) == {}
    name = db.engine.dialect.name
    db.session.rollback()
    missed = [plant for plant in PLANTS if plant not in planted(plant, ids, name)]
    assert missed == []
    assert len(PLANTS) > 20


def planted(plant: str, ids: dict[str, int], dialect: str) -> dict[str, list[int]]:
    """What the auditor finds once that row was deleted, doubled or changed by SQL; all of it is undone."""
    connection = db.session.connection()
    if dialect == "sqlite":
        connection.connection.isolation_level = None
    for statement in (*TRIGGERS[dialect], *LOOSE[dialect]):
        connection.exec_driver_sql(statement)
    statement = text(PLANTS[plant])
    db.session.execute(statement, {key: ids[key] for key in statement.compile().params})
    found = auditing.audit(at(9, 25, 10))
    db.session.rollback()
    return found


def test_what_is_found_reaches_the_page_healthz_and_the_administrators_inbox(app, sign_in):
    disordered(app, "'2030-01-01'")
    assert app.test_client().get("/healthz").json["audit"]["disorder"] >= 1
    admin = sign_in("admin")
    assert "排序所用的日期" in admin.get("/watch").text
    assert "排序所用的日期" in admin.get("/inbox").text
    assert "需要管理员" in admin.get("/calendars").text
    assert "需要管理员" not in sign_in("head").get("/").text
    disordered(app, "due_on")
    assert "排序所用的日期" not in admin.get("/inbox").text


def disordered(app, key: str) -> None:
    """A finding sorted under that date, and an audit after it."""
    with app.app_context():
        with unit_of_work():
            promised(Cast())
            db.session.execute(text(f"UPDATE tasks SET due_key = {key} WHERE kind = 'finding'"))
        auditing.keep(now())
        db.session.remove()
