"""The command line: what administrators do without a browser."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

import click
from flask import Flask

from workflows.drawing import drawn

LAW = Path(__file__).parent.parent / "workflows" / "LAW.md"


def init_app(app: Flask) -> None:
    """Hang every room's commands on `flask`."""
    from app import ROOMS  # the app is being joined

    app.cli.add_command(draw)
    for room in ROOMS:
        if find_spec(f"app.{room}.commands"):
            for command in import_module(f"app.{room}.commands").commands:
                app.cli.add_command(command)


@click.command()
def draw() -> None:
    """Draw the law into workflows/LAW.md; a test fails while the drawing is stale."""
    LAW.write_text(drawn(), encoding="utf-8")
    click.echo(f"Drawn: {LAW.name}")
