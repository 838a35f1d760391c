"""Papers from the command line: a draft or the next number, and a view of the ledger, as somebody sees it."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import parse_qsl

import click
from flask.cli import AppGroup
from flask_babel import force_locale

from app.clock import now, today
from app.db import db, unit_of_work
from app.evidence.ours import storage
from app.evidence.storage import Storage
from app.findings import filters, queries
from app.papers import actions, exporting, pdf
from app.papers.gathering import gather
from app.papers.kinds import KINDS
from app.people import queries as people
from app.people.models import Person

paper = AppGroup("paper", help="Official papers, ledgers and evidence packs.")
commands: list[click.Command] = [paper]
OUT = click.argument("out", type=click.Path(dir_okay=False, path_type=Path))
AS = click.option("--as", "login", required=True, help="The login of whoever asks; she gets what she may see.")


@paper.command("write")
@click.argument("kind", type=click.Choice(sorted(KINDS)))
@click.argument("subject")
@OUT
@AS
@click.option("--issue", "number", is_flag=True, help="Give it the next number; otherwise it is a draft.")
def write(kind: str, subject: str, out: Path, login: str, number: bool) -> None:
    """Write the paper KIND about SUBJECT (a finding's number, or the id the page's address ends with) to OUT."""
    person = _person(login)
    subject_id = int(subject) if subject.isdigit() else _finding(person, subject)
    with force_locale("zh_CN"):
        content = _numbered(kind, subject_id, person) if number else _draft(kind, subject_id, person)
        out.write_bytes(pdf.converted(content) if out.suffix.lower() == ".pdf" else content)
    click.echo(f"Written: {out}")


def _draft(kind: str, subject_id: int, person: Person) -> bytes:
    found = gather(kind, subject_id, person, today())
    if found is None:
        raise click.ClickException("She may not see that, or it does not exist.")
    return actions.draft(found)


def _numbered(kind: str, subject_id: int, person: Person) -> bytes:
    who = person.id
    with unit_of_work():
        made = actions.issue(lambda: gather(kind, subject_id, db.session.get_one(Person, who), today()), who, now=now())
        text, sha256 = made.text, made.sha256
    click.echo(text)
    return b"".join(storage().open_read(Storage.original_key(sha256)).chunks)


@paper.command("ledger")
@OUT
@AS
@click.option("--view", default="state=all", show_default=True, help="The filters as they stand in the address.")
@click.option("--photos", is_flag=True, help="Small photos in the cells (.xlsx).")
def ledger(out: Path, login: str, view: str, photos: bool) -> None:
    """Write the ledger to OUT: .xlsx, .csv, or .zip for the evidence."""
    shape = {".xlsx": "xlsx", ".csv": "csv", ".zip": "pack"}.get(out.suffix.lower())
    if shape is None:
        raise click.ClickException("The name of the file ends with .xlsx, .csv or .zip.")
    asked = {"format": shape, "photos": photos}
    exporting.write(out, _person(login), filters.read(dict(parse_qsl(view))), asked, lambda _done: None)
    click.echo(f"Written: {out}")


def _person(login: str) -> Person:
    person = people.by_login(login)
    if person is None:
        raise click.ClickException(f"Nobody signs in as {login}.")
    return person


def _finding(person: Person, number: str) -> int:
    found = queries.by_number(person, number)
    if found is None:
        raise click.ClickException(
            f"She may not see {number}, or no finding has that number. A paper about a visit goes to one unit: "
            "give the number of any finding of that visit there, such as 2026-ZX-0001-01."
        )
    return found.id
