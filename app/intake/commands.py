"""`flask intake read`: what the reader makes of a text, without writing anything."""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path
from typing import Any

import click
from flask.cli import AppGroup
from flask_babel import gettext as _

from app.intake.commands_load import load
from app.intake.files import LARGEST, Unreadable, read_file
from app.intake.reading import Reading
from app.words import told
from workflows.grammar import say

intake = AppGroup("intake", help="Lists and ledgers that people already have.")
intake.add_command(load)
commands: list[click.Command] = [intake]


@intake.command()
@click.argument("file", type=click.Path(dir_okay=False, allow_dash=True))
@click.option("--json", "as_json", is_flag=True, help="Print the reading as JSON.")
@click.option("--year", type=click.IntRange(2000, 2100), help="Completes dates where the text names no year.")
def read(file: str, as_json: bool, year: int | None) -> None:
    """Read FILE (.xlsx, .xls, .csv, .docx, .txt; - is the standard input) and print what was found; writes nothing.

    Ends with 0 when the file was read, whether it holds problems or not, and with 1 when it cannot be read.
    """
    try:
        reading = _from_input(year) if file == "-" else read_file(_there(file), Path(file).name, year=year)
    except Unreadable as refusal:
        raise click.ClickException(f"{file}: {told(refusal.sentence)}") from refusal
    click.echo(json.dumps(_as_json(reading), ensure_ascii=False, indent=2)) if as_json else _tell(reading)


def _as_json(reading: Reading) -> dict[str, Any]:
    """The reading; where nothing was found, also what was looked for and how the file begins."""
    looked = {"tried": [str(shape) for shape in reading.tried], "seen": list(reading.seen)}
    return reading.as_json() | ({} if reading.findings else looked)


def _there(file: str) -> Path:
    path = Path(file)
    if not path.is_file():
        raise Unreadable(say("There is no such file. Look at the name and the folder."), 404)
    return path


def _from_input(year: int | None) -> Reading:
    with tempfile.NamedTemporaryFile() as kept:
        kept.write(sys.stdin.buffer.read(LARGEST + 1))
        kept.flush()
        return read_file(Path(kept.name), "-", year=year)


def _tell(reading: Reading) -> None:
    """The reading in the house's language; what a program reads (`--json`) stays as the reader said it."""
    certain, suggested, loose = _("certain"), _("suggested"), _("answers no problem")
    for place, found in enumerate(reading.as_json()["findings"], start=1):
        click.echo(f"{place}. {found['text']} [{found['unit'] or '--'}] [{found['deadline'] or found['deadline_raw']}]")
        for measure in found["measures"]:
            click.echo(f"   {certain if measure['link'] == 'certain' else suggested}: {measure['text']}")
    for measure in reading.as_json()["unlinked_measures"]:
        click.echo(f"   {loose}: {measure['text']}")
    for warning in reading.warnings:
        click.echo(f"! {told(warning)}")
    for line in () if reading.findings else (*map(told, reading.tried), *reading.seen):
        click.echo(f"  {line}")
