"""`flask intake read`: what the reader makes of a text, without writing anything."""

from __future__ import annotations

import json
from typing import BinaryIO

import click
from flask.cli import AppGroup

from app.intake.readers import read_text
from app.intake.reading import Reading

intake = AppGroup("intake", help="Lists and ledgers that people already have.")
commands: list[click.Command] = [intake]


@intake.command()
@click.argument("file", type=click.File("rb"))
@click.option("--json", "as_json", is_flag=True, help="Print the reading as JSON.")
@click.option("--year", type=click.IntRange(2000, 2100), help="Completes dates where the text names no year.")
def read(file: BinaryIO, as_json: bool, year: int | None) -> None:
    """Read FILE (- is the standard input) and print what was found; writes nothing."""
    reading = read_text(_text(file.read()), year)
    if as_json:
        click.echo(json.dumps(reading.as_json(), ensure_ascii=False, indent=2))
    else:
        _tell(reading)


def _text(content: bytes) -> str:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise click.ClickException("This is not text in UTF-8 or GB18030. Save it as text and try again.")


def _tell(reading: Reading) -> None:
    for place, found in enumerate(reading.as_json()["findings"], start=1):
        click.echo(f"{place}. {found['text']} [{found['unit'] or '--'}] [{found['deadline'] or found['deadline_raw']}]")
        for measure in found["measures"]:
            click.echo(f"   {measure['link']}: {measure['text']}")
    for measure in reading.as_json()["unlinked_measures"]:
        click.echo(f"   answers no problem: {measure['text']}")
    for warning in reading.warnings:
        click.echo(f"! {warning}")
