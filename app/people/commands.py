"""`flask people …`: accounts without a browser, for whoever runs the machine."""

from __future__ import annotations

import click
from flask.cli import AppGroup

from app.clock import now
from app.db import unit_of_work
from app.people import actions_staff, queries
from app.people.commands_import import take_in
from app.people.models import Person

people = AppGroup("people", help="Accounts: a new activation code, or nobody any more.")
people.add_command(take_in)
commands: list[click.Command] = [people]


@people.command()
@click.argument("login")
def reset(login: str) -> None:
    """Print a new activation code; the old password and every sign-in end."""
    with unit_of_work():
        person = _known(login)
        code = actions_staff.reset(person, now=now())
        click.echo(f"{person.name} ({login}): {code}\nGood once and for 14 days, at /activate.")


@people.command()
@click.argument("login")
def disable(login: str) -> None:
    """Sign this person out everywhere and let nobody in under this login."""
    with unit_of_work():
        person = _known(login)
        actions_staff.disable(person, now=now())
        click.echo(f"{person.name} ({login}) no longer gets in.")


def _known(login: str) -> Person:
    person = queries.by_login(login)
    if person is None:
        raise click.ClickException(f"Nobody signs in as {login}; nothing was changed.")
    return person
