"""`flask people import`: units and people from a workbook, without a browser."""

from __future__ import annotations

from pathlib import Path

import click
from flask.cli import with_appcontext

from app.clock import now, today
from app.db import unit_of_work
from app.people import actions_import, importing, workbooks
from app.people.planning import Plan


@click.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Only say what would be written.")
@with_appcontext
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
            actions_import.carry_out(plan, now=now())
    click.echo("Nothing was written." if dry_run or not plan.is_ready else "Written.")


def _say(plan: Plan) -> None:
    for line in plan.wrong:
        click.echo(f"{line.row.sheet} {line.row.number} {line.what}: {' '.join(map(str, line.says))}")
    if plan.wrong:
        raise click.ClickException(f"{len(plan.wrong)} rows are wrong; nothing was written.")
    click.echo(f"New units: {plan.new(plan.units)}. New posts: {plan.new(plan.people)}.")
