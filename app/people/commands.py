"""`flask people …`: accounts without a browser, for whoever runs the machine."""

from __future__ import annotations

from pathlib import Path

import click
from flask import current_app
from flask.cli import AppGroup

from app.acts import actions as acts
from app.clock import now, today
from app.db import unit_of_work
from app.people import actions_import, actions_staff, codes, importing, queries, queries_access, workbooks
from app.people.models import Person
from app.people.planning import Plan

people = AppGroup("people", help="Accounts: a new activation code, or nobody any more.")
commands: list[click.Command] = [people]


@people.command()
@click.argument("login")
def reset(login: str) -> None:
    """Print a new activation code; the old password and every sign-in end."""
    with unit_of_work():
        person = _known(login)
        code = actions_staff.reset(person, now=now())
        acts.note("code", "person", person.name, None, now=now(), about_id=person.id)
        click.echo(f"{person.name} ({login}): {code}\nGood once and for 14 days, at /activate.")


@people.command("setup-code")
def setup_code() -> None:
    """Print the code with which the first administrator sets up an empty house; nothing once there is one."""
    if queries_access.nobody_yet():
        code = codes.for_set_up(current_app.config["SECRET_KEY"])
        click.echo(f"Nobody has an account here yet. Open /setup?code={code} to become the administrator.")


@people.command()
@click.argument("login")
def disable(login: str) -> None:
    """Sign this person out everywhere and let nobody in under this login."""
    with unit_of_work():
        person = _known(login)
        with acts.changing(person, "disable", None, now=now()):
            actions_staff.disable(person, now=now())
        click.echo(f"{person.name} ({login}) no longer gets in.")


def _known(login: str) -> Person:
    person = queries.by_login(login)
    if person is None:
        raise click.ClickException(f"Nobody signs in as {login}; nothing was changed.")
    return person


@people.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Only say what would be written.")
def take_in(file: Path, dry_run: bool) -> None:
    """Import units and people from an .xlsx workbook: all of it or nothing."""
    try:
        table = importing.read(file.read_bytes())
    except workbooks.Unreadable as why:
        raise click.ClickException(str(why.sentence)) from why
    with unit_of_work():
        plan = actions_import.plan(table, today())
        _say(plan)
        if plan.is_ready and not dry_run:
            actions_import.carry_out(plan, None, now=now())
    click.echo("Nothing was written." if dry_run or not plan.is_ready else "Written.")


def _say(plan: Plan) -> None:
    for line in plan.wrong:
        click.echo(f"{line.row.sheet} {line.row.number} {line.what}: {' '.join(map(str, line.says))}")
    if plan.wrong:
        raise click.ClickException(f"{len(plan.wrong)} rows are wrong; nothing was written.")
    click.echo(f"New units: {plan.new(plan.units)}. New posts: {plan.new(plan.people)}.")
