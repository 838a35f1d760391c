"""The deliverer: a process of its own that sends what is in the outbox."""

from __future__ import annotations

import signal

import click
from flask import current_app

from app.db import unit_of_work
from app.notices import actions
from app.notices.delivering import Deliverer


@click.command("deliver")
@click.option("--once", is_flag=True, help="Send what is due now, then end.")
def deliver(once: bool) -> None:
    """Send mail and robots' messages until stopped; several may run, each message is sent by one of them."""
    deliverer = Deliverer(current_app._get_current_object())  # type: ignore[attr-defined]
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda _signal, _frame: deliverer.ended.set())
    with unit_of_work():
        actions.renew()
    deliverer.run(once=once)


commands = [deliver]
