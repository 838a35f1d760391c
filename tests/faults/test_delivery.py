"""Delivery under fire: killed while sweeping, gathering and sending, nothing is lost and every repeat says 补发."""

from __future__ import annotations

import os
import random
import signal
import time
from collections import Counter
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from email import policy
from email.parser import BytesParser
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from sqlalchemy import text

from app.db import db, table_of, unit_of_work
from app.notices import gathering, lease, sweeping
from app.notices.delivering import Deliverer
from app.notices.models import Swept
from app.people.models import Person
from app.pouring import pour
from app.tasks import chronicle, sealing
from app.tasks.chronicle import Note
from app.tasks.models import Task
from bench import seed
from tests.notices.catchers import free_port

pytestmark = pytest.mark.faults
ROUNDS, SOAK, EACH = 30, 1000, 3
SEED = int(os.environ.get("FAULT_SEED", "20261126"))
AT = datetime(2026, 9, 21, 2, tzinfo=UTC)  # a Monday, ten in the morning
SLOWLY = timedelta(milliseconds=300)


class Kept:
    """Writes down what arrives, a line a mail, in a process that nobody kills."""

    def __init__(self, log: Path) -> None:
        self.log = log

    async def handle_DATA(self, _server, _session, envelope) -> str:
        mail = BytesParser(policy=policy.default).parsebytes(envelope.content)
        said = "again" if "补发" in mail["Subject"] else "first"
        with self.log.open("a") as file:
            file.write(f"{mail['Message-ID']} {mail['To'].addresses[0].username} {said}\n")
        return "250 OK"


@pytest.fixture
def catcher(tmp_path):
    """A mail server in a process of its own; its port and the file it writes."""
    port, log = free_port(), tmp_path / "arrived"
    log.touch()
    number = os.fork()
    if not number:
        server = Controller(Kept(log), hostname="127.0.0.1", port=port, ready_timeout=60)
        server.start()
        (tmp_path / "ready").touch()
        signal.pause()
    while not (tmp_path / "ready").exists():
        time.sleep(0.02)
    yield port, log
    os.kill(number, signal.SIGKILL)
    os.waitpid(number, 0)


@pytest.fixture
def told(app, catcher, monkeypatch):
    """Makes so many people with an address, each told of one proposal."""
    settings = {"SMTP_HOST": "127.0.0.1", "SMTP_PORT": catcher[0], "SMTP_SECURITY": "none", "SEND_SECONDS": 10.0}
    for name, value in settings.items():
        monkeypatch.setitem(app.config, name, value)
    monkeypatch.setattr(lease, "lease", lambda: SLOWLY)
    monkeypatch.setattr(sweeping, "BATCH", 20)
    monkeypatch.setattr(sweeping, "LATE", timedelta(days=1000))

    def made(count: int) -> None:
        with app.app_context(), unit_of_work():
            seed.county(count, date(2026, 9, 20))
            fresh = "entry_seq = 0, entry_head = '', alarm_at = NULL, open = true, closed_at = NULL"
            db.session.execute(text(f"UPDATE tasks SET {fresh}"))
            db.session.query(Swept).one().since = datetime(2026, 1, 1, tzinfo=UTC)
            people = [
                {"id": 100_000 + n, "login": f"p{n}", "name": f"人{n}", "folded": "", "phone": "", "locale": "",
                 "email": f"p{n}@example.org", "password_hash": "", "is_admin": False, "is_demo": False,
                 "active": True, "created_at": AT, "wishes": {}}
                for n in range(count)
            ]  # fmt: skip
            pour(Person, people)
            tasks = list(db.session.scalars(table_of(Task).select().with_only_columns(Task.id).limit(count)))
            notes = [Note(task, "rectifying", 1, 0, "", "propose_order", {"channels": ["inbox", "mail"]},
                          [100_000 + n]) for n, task in enumerate(tasks)]  # fmt: skip
            assert len(chronicle.append(notes, AT)) == count
        with app.app_context():
            while sealing.seal(AT):
                pass
            db.session.remove()

    return made


def work(app) -> None:
    """What the ticker and the deliverer do."""
    with app.app_context():
        sweeping.sweep(AT)
        gathering.gather(AT)
        db.session.remove()
    Deliverer(app).run(once=True)


def killed(app, log: Path, rng: random.Random) -> bool:
    """A child at work, killed at a moment nobody chose; whether it was still at work."""
    number = os.fork()
    if not number:
        with suppress(BaseException):
            with app.app_context():
                db.engine.dispose(close=False)
                db.session.remove()
            work(app)
            os._exit(0)
        os._exit(1)
    size, until = log.stat().st_size, time.monotonic() + 60  # a busy machine
    if rng.random() < 0.7:  # most of the time: once something has arrived
        while log.stat().st_size == size and time.monotonic() < until and not os.waitpid(number, os.WNOHANG)[0]:
            time.sleep(0.002)
    time.sleep(rng.uniform(0, 0.05))
    with suppress(ProcessLookupError):
        os.kill(number, signal.SIGKILL)
    with suppress(ChildProcessError):
        return os.WIFSIGNALED(os.waitpid(number, 0)[1])
    return False


@pytest.mark.parametrize("rounds", [ROUNDS, pytest.param(SOAK, marks=[pytest.mark.soak, pytest.mark.timeout(7200)])])
def test_killed_deliverers_lose_nothing_and_mark_what_they_repeat(app, told, catcher, rounds):
    count, log, rng = rounds * EACH, catcher[1], random.Random(SEED)
    told(count)
    with app.app_context():
        db.engine.dispose()
    kills = sum(killed(app, log, rng) for _round in range(rounds))
    time.sleep(SLOWLY.total_seconds())
    work(app)
    arrived = [line.split() for line in log.read_text().splitlines()]
    times = Counter(mark for mark, _who, _said in arrived)
    assert {who for _mark, who, _said in arrived} == {f"p{n}" for n in range(count)}, "lost"
    assert len(times) == count, "one message for each"
    assert len(arrived) - count <= kills, f"seed {SEED}"
    firsts = Counter(mark for mark, _who, said in arrived if said == "first")
    assert max(firsts.values()) == 1, "a repeat that does not say so"
    assert kills >= rounds * 0.6, f"only {kills} of {rounds} kills hit (seed {SEED})"
    assert numbers(app) == {"listeners": count, "outbox": count, "sent": count}


def numbers(app) -> dict[str, int]:
    asked = {
        "listeners": "SELECT count(*) FROM listeners WHERE person_id >= 100000",
        "outbox": "SELECT count(*) FROM outbox",
        "sent": "SELECT count(*) FROM messages WHERE phase = 'sent'",
    }
    with app.app_context():
        found = {name: db.session.scalar(text(statement)) for name, statement in asked.items()}
        db.session.remove()
    return found
