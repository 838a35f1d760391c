"""The worker: a process of its own that does the long work."""

from __future__ import annotations

import signal
import threading

import click
from flask import Flask, current_app

from app.jobs.working import Worker

PAUSE = 1.0


@click.command("worker")
@click.option("--once", is_flag=True, help="Do what waits now, then end.")
def worker(once: bool) -> None:
    """Do long work (large exports) until stopped; several may run, each job is done by one of them."""
    app, one, ended = current_app._get_current_object(), Worker(), threading.Event()  # type: ignore[attr-defined]

    def stop(_signal: int, _frame: object) -> None:
        one.stop()
        ended.set()

    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, stop)
    while not ended.is_set():
        if not _next(app, one):
            if once:
                return
            ended.wait(PAUSE)


def _next(app: Flask, one: Worker) -> bool:
    """One job in a context of its own; a database that is away is asked again."""
    with app.app_context():
        try:
            return one.next()
        except Exception:
            app.logger.exception("the worker could not ask for work; it tries again")
            return False


commands = [worker]
