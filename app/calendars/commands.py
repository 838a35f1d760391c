"""Calendars on the command line."""

from __future__ import annotations

import click
from flask.cli import with_appcontext

from app.acts import actions as acts
from app.calendars import actions
from app.clock import now
from app.db import unit_of_work


@click.group("calendars")
def calendars() -> None:
    """Working calendars."""


@calendars.command("seed")
@click.option("--from", "first", default=actions.FIRST, show_default=True)
@click.option("--to", "last", default=actions.LAST, show_default=True)
@with_appcontext
def seed(first: int, last: int) -> None:
    """Enter the public holidays that the installed package knows; what people entered stays."""
    with unit_of_work():
        entered, unknown = actions.seed(range(first, last + 1))
        for year in entered:
            acts.note("seed", "calendar", str(year), None, now=now(), about_id=year)
    click.echo(f"Entered: {_spans(entered)}. Not known yet: {_spans(unknown)}.")


def _spans(years: list[int]) -> str:
    return f"{years[0]}–{years[-1]}" if years else "none"


commands: list[click.Command] = [calendars]
