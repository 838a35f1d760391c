"""A fictional county to look around in: loaded only into an empty database, with dates relative to today."""

from __future__ import annotations

import click
from flask import Flask
from flask.cli import with_appcontext

from app.clock import now
from app.db import unit_of_work
from app.demo.county import enter, is_empty, vacate
from app.demo.orders import decide
from app.demo.walk import walk
from app.escalations.looking import house
from app.escalations.sweeping import climb_all


def init_app(app: Flask) -> None:
    """Hang the demo on the command line."""
    app.cli.add_command(demo)


@click.group()
def demo() -> None:
    """The fictional county of the demo."""


@demo.command()
@with_appcontext
def load() -> None:
    """Load the demo into an empty database; anything else stays untouched."""
    if not is_empty():
        click.echo("The database is not empty; it stays as it is.")
        return
    moment = now()
    with unit_of_work():
        enter(moment)
    with unit_of_work():
        count = walk(moment)
    with unit_of_work():
        vacate(moment)
    climb_all(moment, house(moment))
    with unit_of_work():
        decide(moment)
    click.echo(f"The demo county is ready: {count} findings.")
