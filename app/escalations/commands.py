"""The ladder on the command line."""

from __future__ import annotations

from datetime import datetime

import click
from flask.cli import with_appcontext
from flask_babel import force_locale

from app.clock import now, zone
from app.db import db
from app.escalations import queries
from app.escalations.previewing import preview, sentences
from app.escalations.sweeping import sweep
from app.words import told


@click.command("escalate")
@click.option("--preview", "only_preview", is_flag=True, help="Print what would be said and change nothing.")
@click.option("--at", "at", type=click.DateTime(["%Y-%m-%dT%H:%M", "%Y-%m-%d"]), help="At that moment (preview only).")
@with_appcontext
def escalate(only_preview: bool, at: datetime | None) -> None:
    """Climb every ladder that is due, or say what that would be."""
    if at is not None and not only_preview:
        raise click.UsageError("--at goes with --preview; nothing was done. The clock is not set by hand.")
    if only_preview:
        _print(at.replace(tzinfo=zone()) if at else now())
        return
    click.echo(f"{sweep(now())} tasks were looked at.")


def _print(at: datetime) -> None:
    found = preview(at)
    click.echo(f"If the ladder ran at {at.astimezone(zone()):%Y-%m-%d %H:%M}, of {found.looked} open tasks:")
    for sentence in sentences(found, [ladder.as_law() for ladder in queries.ladders()]):
        with force_locale("en"):  # as everything that a command prints
            click.echo(f"  {told(sentence)}")
    for number in found.unheard[:20]:
        click.echo(f"  reaches nobody: {number}")
    click.echo("Nothing was changed.")
    db.session.rollback()


commands: list[click.Command] = [escalate]
