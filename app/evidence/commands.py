"""Evidence from the command line: re-hash everything, sweep what no row names."""

from __future__ import annotations

import sys

import click
from flask.cli import AppGroup

from app.clock import now, today
from app.evidence import rechecking, reporting, sweeping


@click.command("verify")
def verify() -> None:
    """Re-hash every stored original; exit code 1 when one is missing or was changed."""
    broken = list(sweeping.unsound())
    for sha256 in broken:
        click.echo(f"missing or changed: {sha256}")
    click.echo("Every file is what was received." if not broken else f"{len(broken)} files are not.")
    sys.exit(bool(broken))


@click.command("sweep")
def sweep() -> None:
    """Delete files older than a day that no row names."""
    click.echo(f"{sweeping.sweep_now(now())} files cleared away.")


evidence = AppGroup("evidence", help="What photos are worth.")


@evidence.command("recheck")
@click.option("--anew", is_flag=True, help="Look at every original again, also where prints are there already.")
def recheck(anew: bool) -> None:
    """Compare every piece with every other by the rule as it is now; what was dismissed stays dismissed."""
    *_on_the_way, far = rechecking.everything(now(), anew=anew)
    click.echo(f"{far.looked} pieces compared, {far.hints} new hints.")


@evidence.command("report")
@click.option("--year", type=click.IntRange(2000, 9999), help="The year; this one when it is not named.")
def report(year: int | None) -> None:
    """Who opened originals, looked at pictures of minors, exported and erased in a year."""
    for line in reporting.as_text(reporting.of_year(None, year or today().year)):
        click.echo(line)


commands = [evidence, verify, sweep]
