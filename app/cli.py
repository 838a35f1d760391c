"""The command line: what administrators do without a browser."""

from __future__ import annotations

import sys
from contextlib import redirect_stdout
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import click
from flask import Flask, current_app
from flask.cli import with_appcontext
from flask_migrate import upgrade

from workflows.drawing import drawn

LAW = Path(__file__).parent.parent / "workflows" / "LAW.md"


def init_app(app: Flask) -> None:
    """Hang every room's commands on `flask`."""
    from app import ROOMS  # the app is being joined

    app.cli.add_command(draw)
    app.cli.add_command(ready)
    for room in ROOMS:
        if find_spec(f"app.{room}.commands"):
            for command in import_module(f"app.{room}.commands").commands:
                app.cli.add_command(command)


@click.command()
def draw() -> None:
    """Draw the law into workflows/LAW.md; a test fails while the drawing is stale."""
    LAW.write_text(drawn(), encoding="utf-8")
    click.echo(f"Drawn: {LAW.name}")


@click.command()
@click.pass_context
@with_appcontext
def ready(context: click.Context) -> None:
    """Bring the database up to date and load the demo where it is wanted; print the set-up code while nobody is in.

    One process instead of three: a start should take seconds.
    """
    with redirect_stdout(sys.stderr):
        upgrade()
        if current_app.config["DEMO"]:
            _also(context, "demo", "load")
    _also(context, "people", "setup-code")


def _also(context: click.Context, *names: str) -> None:
    found: Any = current_app.cli
    for name in names:
        found = found.get_command(context, name)
    context.invoke(found)
