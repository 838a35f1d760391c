"""The ticker: a process of its own that wakes the house each minute; what is due is asked of the tables."""

from __future__ import annotations

import fcntl
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path

import click
import sqlalchemy as sa
from apscheduler.schedulers.blocking import BlockingScheduler
from flask import Flask, current_app

from app.analysis import keeping
from app.clock import now
from app.db import db
from app.escalations import actions_proposals, auditing, beating, refilling, vouching
from app.escalations import sweeping as ladders
from app.evidence import clearing, sweeping
from app.jobs import actions as jobs
from app.notices import gathering, health, weekly
from app.notices import sweeping as outbox
from app.people import sessions
from app.reports import asking
from app.tasks import sealing

# What a tick does, in order; each is safe to repeat and safe to run twice at once.
CHORES: tuple[Callable[[datetime], int], ...] = (
    beating.beat, actions_proposals.lapse, ladders.sweep, refilling.settle_filled, auditing.audit_sometimes,
    vouching.vouch, asking.ask_for_this_month, sessions.forget_old, jobs.expire, sweeping.sweep, clearing.clear,
    sealing.seal, outbox.sweep, gathering.gather, weekly.write_weekly, health.look, keeping.refresh, keeping.ahead,
)  # fmt: skip
TICKER = 0x5EC71F1  # the advisory lock's number


def init_app(app: Flask) -> None:
    """Hang the ticker on the command line."""
    app.cli.add_command(scheduler)
    app.cli.add_command(tick_once)


@click.command("scheduler")
def scheduler() -> None:
    """Tick every minute until stopped; several may run, one of them ticks at a time."""
    app = current_app._get_current_object()  # type: ignore[attr-defined]
    ticker = BlockingScheduler(timezone="UTC")
    ticker.add_job(lambda: _in(app), "interval", minutes=1, coalesce=True, misfire_grace_time=None,
                   max_instances=1, next_run_time=now())  # fmt: skip
    with suppress(KeyboardInterrupt, SystemExit):
        ticker.start()


@click.command("tick")
def tick_once() -> None:
    """Tick once, now."""
    tick(now())


def _in(app: Flask) -> None:
    with app.app_context():
        tick(now())


def tick(moment: datetime) -> None:
    """Do every chore once; one that fails is logged and does not stop the others."""
    with _alone() as mine:
        for chore in CHORES if mine else ():
            try:
                done = chore(moment)
            except Exception:
                current_app.logger.exception("%s failed; it is tried again at the next tick", chore.__name__)
            else:
                current_app.logger.debug("%s: %d", chore.__name__, done)
        if mine:
            beating.still_here(now())


@contextmanager
def _alone() -> Iterator[bool]:
    """Whether this process ticks now; a convenience, for correctness rests on unique rows."""
    with _by_database() if db.engine.dialect.name == "postgresql" else _by_file() as mine:
        yield mine


@contextmanager
def _by_database() -> Iterator[bool]:
    """An advisory lock on a connection of its own, so that processes on several machines agree."""
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        mine = bool(connection.scalar(sa.select(sa.func.pg_try_advisory_lock(TICKER))))
        try:
            yield mine
        finally:
            if mine:
                connection.execute(sa.select(sa.func.pg_advisory_unlock(TICKER)))


@contextmanager
def _by_file() -> Iterator[bool]:
    with (Path(current_app.config["DATA_DIR"]) / "ticker.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        yield True
