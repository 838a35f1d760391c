"""`flask week LOGIN`: the week of a leader in at most eight lines."""

from __future__ import annotations

import click
from flask import current_app
from flask.cli import with_appcontext
from flask_babel import force_locale

from app.clock import now
from app.overview import digest
from app.people import queries as people


@click.command("week")
@click.argument("login")
@with_appcontext
def week(login: str) -> None:
    """Print what the page of the week would say to that person; changes nothing."""
    viewer = people.by_login(login)
    if viewer is None:
        raise click.ClickException(f"Nobody signs in as {login}.")
    with force_locale(viewer.locale or current_app.config["BABEL_DEFAULT_LOCALE"]):
        for line in digest.lines(viewer, now()):
            click.echo(line.text)


commands = (week,)
