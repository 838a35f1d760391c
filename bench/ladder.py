"""What a tick costs: many newly late at once beside set-based SQL with the same writes, and a tick with nothing due."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from subprocess import run
from typing import Any

import sqlalchemy as sa

from app.db import db, unit_of_work
from app.escalations.sweeping import sweep
from bench import seed
from bench.measuring import Figure, cpu_of
from bench.stage import staged

LATE, TASKS, SOAK, IDLE = 10_000, 100_000, 1_000_000, 200
NOW = datetime(2026, 9, 21, 2, tzinfo=UTC)  # a Monday, ten in the morning
UNTIL = datetime(2026, 9, 18, 15, 59, 59, tzinfo=UTC)
LATER = datetime(2027, 1, 1, tzinfo=UTC)
HASH = "0" * 64
FACTS = (
    '{"rule": {"ladder": "Plain", "kind": "urging", "days": 1, "light": "red"}, "until": "2026-09-18", '
    '"channels": ["inbox", "mail"]}'
)
OUTSIDE = """
import resource, time
from app import create_app
from app.escalations.sweeping import sweep
from bench.ladder import NOW, spent
with create_app().app_context():
    start, before = time.perf_counter(), spent()
    done = sweep(NOW)
    took, cost = time.perf_counter() - start, spent() - before
    print(done, took, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, cost)
"""


def figures() -> Iterator[Figure]:
    """Ratio, memory and the idle tick on each database; among a hundred thousand and a million under SOAK=1."""
    few = int(os.environ.get("BENCH_TASKS") or TASKS)
    for name in os.environ.get("BENCH_DB", "sqlite,postgresql").split(","):
        costs: list[float] = []
        for count in (few, SOAK) if os.environ.get("SOAK") else (few,):
            with staged(name) as folder:
                with unit_of_work():
                    seed.county(count, date(2026, 9, 20))
                yield from _measured(f"{name}_{count}", folder, costs)
        if len(costs) > 1:
            yield Figure(f"tick_growth_{name}", costs[1] / costs[0], f"x CPU among {few}", 1.2)


def _measured(name: str, folder: Path, costs: list[float]) -> Iterator[Figure]:
    """The same number of tasks, newly late, told by SQL and then by the tick."""
    by_sql, by_tick = _late(0), _late(1)
    start = time.perf_counter()
    _told_by_sql(by_sql)
    bare = time.perf_counter() - start
    _ring(by_tick)
    done, took, kilobytes, cost = _swept_outside(folder)
    costs.append(cost)
    assert (done, _climbs(by_tick)) == (LATE, LATE), (done, _climbs(by_tick))
    yield Figure(f"tick_late_{name}", took / bare, "x set-based SQL", 5.0)
    yield Figure(f"tick_memory_{name}", kilobytes / 1024, "MB", 300)
    yield Figure(f"tick_idle_{name}", _idle() * 1000, "ms", 5.0)


def _late(half: int) -> list[int]:
    """Tasks in their owner's or head's hands whose wait ended on Friday, everything before it already said."""
    found = sa.text(
        "SELECT t.id FROM tasks t JOIN waits w ON w.task_id = t.id AND w.ended_at IS NULL "
        "WHERE t.kind = 'finding' AND w.role IN ('owner', 'head') AND t.id % 2 = :half ORDER BY t.id LIMIT :n"
    )
    with unit_of_work():
        ids = list(db.session.scalars(found, {"half": half, "n": LATE}))
        _many("UPDATE waits SET until = :until WHERE task_id = :id AND ended_at IS NULL", ids, until=UNTIL)
        _many(
            "INSERT INTO climbs (task_id, wait_id, rung_id, until, kind, days, due_at, fired_at, outcome, caught_up) "
            "SELECT :id, w.id, r.id, w.until, r.kind, r.days, w.until, w.until, 'skipped', false FROM waits w, rungs r "
            "WHERE w.task_id = :id AND w.ended_at IS NULL AND r.ladder_id = 1 AND r.days < 0", ids,
        )  # fmt: skip
        _many("UPDATE tasks SET alarm_at = :at WHERE id = :id", ids, at=LATER)
    return ids


def _many(statement: str, ids: list[int], **moments: datetime) -> None:
    typed = [sa.bindparam(name, type_=_moment()) for name in moments]
    db.session.connection().execute(sa.text(statement).bindparams(*typed), [{"id": one, **moments} for one in ids])


def _moment() -> Any:
    from app.db import UtcDateTime

    return UtcDateTime()


def _ring(ids: list[int]) -> None:
    with unit_of_work():
        _many("UPDATE tasks SET alarm_at = :at WHERE id = :id", ids, at=NOW)
        db.session.execute(sa.text("ANALYZE"))


def _told_by_sql(ids: list[int]) -> None:
    """Entry, listeners, climb and task of each, a statement a table, committed once."""
    among = f"t.id BETWEEN {ids[0]} AND {ids[-1]} AND t.id % 2 = 0"
    waits = "JOIN waits w ON w.task_id = t.id AND w.ended_at IS NULL"
    late = f"FROM tasks t {waits} WHERE t.alarm_at = :later AND {among}"
    told = f"JOIN tasks t ON t.id = e.task_id {waits} WHERE e.at = :now AND {among}"
    listeners = "INSERT INTO listeners (entry_id, person_id) SELECT e.id,"
    statements = (
        "INSERT INTO entries (task_id, seq, at, actor_name, actor_post, actor_unit, on_behalf_name, step, from_state, "
        "to_state, level, facts, text_hash, previous, hash) SELECT t.id, t.entry_seq + 1, :now, '系统', '', '', '', "
        f"'urge', t.state, t.state, t.level, '{FACTS}', '', t.entry_head, '{HASH}' {late}",
        f"{listeners} w.person_id FROM entries e {told} AND w.person_id > 0",
        f"{listeners} p.person_id FROM entries e JOIN posts p ON p.kind = 'head' {told} AND p.unit_id = w.unit_id",
        "INSERT INTO climbs (task_id, wait_id, rung_id, until, kind, days, due_at, fired_at, outcome, caught_up, "
        "entry_id) SELECT t.id, w.id, (SELECT id FROM rungs WHERE ladder_id = 1 AND days = 1), w.until, 'urging', 1, "
        f":now, :now, 'spoke', false, e.id FROM entries e {told}",
        f"UPDATE tasks AS t SET entry_seq = entry_seq + 1, entry_head = '{HASH}', alarm_at = :now2 "
        f"WHERE t.alarm_at = :later AND {among}",
    )
    moments = {"now": NOW, "now2": LATER, "later": LATER}
    with unit_of_work():
        for statement in statements:
            used = {name: at for name, at in moments.items() if f":{name} " in statement or f":{name}," in statement}
            typed = [sa.bindparam(name, type_=_moment()) for name in used]
            escaped = statement.replace('": ', '"\\: ')
            db.session.execute(sa.text(escaped).bindparams(*typed), used)


def spent() -> float:
    """CPU seconds of this process and of those that serve this database."""
    if db.engine.dialect.name == "sqlite":
        return time.process_time()
    serving = list(db.session.scalars(sa.text("SELECT pid FROM pg_stat_activity WHERE datname = current_database()")))
    return time.process_time() + sum(map(cpu_of, serving))


def _swept_outside(folder: Path) -> tuple[int, float, int, float]:
    """The sweep in a process of its own, so that its memory is its own too."""
    place = {"DATA_DIR": str(folder), "DATABASE_URL": db.engine.url.render_as_string(hide_password=False)}
    said = run([sys.executable, "-c", OUTSIDE], env=os.environ | place, capture_output=True, text=True, check=True)
    done, took, kilobytes, cost = said.stdout.split()
    return int(done), float(took), int(kilobytes), float(cost)


def _climbs(ids: list[int]) -> int:
    found = sa.text("SELECT count(*) FROM climbs WHERE outcome = 'spoke' AND task_id % 2 = 1 AND task_id <= :last")
    return db.session.scalar(found, {"last": ids[-1]}) or 0


def _idle() -> float:
    """CPU seconds of a tick that finds nothing due, for the machine is never quiet."""
    before = spent()
    for _round in range(IDLE):
        assert sweep(NOW) == 0
    return (spent() - before) / IDLE
