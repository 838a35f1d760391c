"""Tasks from the command line: whether their history still is what was written."""

from __future__ import annotations

import sys

import click

from app.clock import now
from app.db import read_as_of_now
from app.tasks import auditing, sealing


@click.command("audit")
def audit() -> None:
    """Check every entry, text, seal and signature; exit code 1 when one was changed, with what and where."""
    read_as_of_now()
    count = 0
    for count, fault in enumerate(auditing.faults(), start=1):  # noqa: B007
        click.echo(fault)
    click.echo("Every entry is what was written." if not count else f"{count} faults were found.")
    sys.exit(bool(count))


@click.command("seal")
def seal() -> None:
    """Number and sign what was committed since the last seal, now."""
    click.echo(f"{sealing.seal(now())} entries sealed.")


commands = [audit, seal]
