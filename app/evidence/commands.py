"""Evidence from the command line: re-hash everything, sweep what no row names."""

from __future__ import annotations

import sys

import click

from app.clock import now
from app.evidence import sweeping


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


commands = [verify, sweep]
