"""The worker: a process of its own that does the long work."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable

import click
from flask import Flask, current_app

from app.evidence import looking
from app.jobs.working import Worker

PAUSE = 1.0


@click.command("worker")
@click.option("--once", is_flag=True, help="Do what waits now, then end.")
def worker(once: bool) -> None:
    """Do long work (large exports) and look at new evidence until stopped; several may run, each does its own."""
    app, one, ended = current_app._get_current_object(), Worker(), threading.Event()  # type: ignore[attr-defined]

    def stop(_signal: int, _frame: object) -> None:
        one.stop()
        ended.set()

    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, stop)
    if once:
        _go_on(app, looking.next_one, ended, once)
        return _go_on(app, one.next, ended, once)
    beside = threading.Thread(target=_go_on, args=(app, looking.next_one, ended, once), name="looking")
    beside.start()  # the hints at a new photo must not wait for somebody's export
    _go_on(app, one.next, ended, once)
    return beside.join()


def _go_on(app: Flask, do: Callable[[], bool], ended: threading.Event, once: bool) -> None:
    while not ended.is_set():
        if not _next(app, do):
            if once:
                return
            ended.wait(PAUSE)


def _next(app: Flask, do: Callable[[], bool]) -> bool:
    """One piece of work in a context of its own; a database that is away is asked again."""
    with app.app_context():
        try:
            return do()
        except Exception:
            app.logger.exception("the worker could not ask for work; it tries again")
            return False


commands = [worker]
