"""`flask intake load`: the same look at a list as on the page, as text; then the same taking in."""

from __future__ import annotations

import sys
from pathlib import Path

import click
from flask.cli import with_appcontext
from flask_babel import gettext as _

from app.clock import now, today
from app.db import unit_of_work
from app.evidence import receiving
from app.evidence.names import display_name
from app.inspections.actions import issue_all
from app.inspections.models import Inspection
from app.intake import actions, previewing, queries
from app.intake.actions import Sent
from app.intake.files import LARGEST, Unreadable
from app.intake.harvesting import harvest_of, set_aside
from app.intake.looking import Look, Problem
from app.intake.pictures import keep_pictures
from app.intake.previewing import Table
from app.people.models import Person
from app.people.queries import by_login
from app.steps.offering import must_be_offered
from app.tasks.refusals import Refused
from app.words import told


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--inspection", "number", required=True, help="The number of the visit, such as 2026-ZX-0001.")
@click.option("--as", "login", required=True, help="The login name of the inspector who takes it in.")
@click.option("--issue", is_flag=True, help="Also issue whatever is ready.")
@click.option("--yes", is_flag=True, help="Do not ask before writing.")
@with_appcontext
def load(file: Path, number: str, login: str, issue: bool, yes: bool) -> None:
    """Take FILE in: show what was read, row by row, and write the good rows down once it was agreed to."""
    try:
        _load(file, number, login, issue, yes)
    except Unreadable as why:
        raise click.ClickException(told(why.sentence)) from why
    except Refused as why:
        raise click.ClickException(" ".join(told(sentence) for sentence in why.sentences)) from why


def _load(file: Path, number: str, login: str, issue: bool, yes: bool) -> None:
    visit = _visit(number, _person(login))
    year, issuer = visit.starts_on.year, visit.task.issuer_unit_id
    with file.open("rb") as stream:
        kept = receiving.keep(stream, LARGEST)
    sent = Sent(kept.sha256, name=display_name(file.name), size=kept.size)
    columns = previewing.read_ahead(sent, year, issuer)
    preview_id = _looked_at(sent, number, login, columns)
    if not yes and not click.confirm(_("Write the good rows down?")):
        click.echo(_("Nothing was written."))
        return
    _written(preview_id, number, login, issue)


def _person(login: str) -> Person:
    person = by_login(login)
    if person is None or not person.active:
        raise click.ClickException(_("Nobody signs in as %(login)s.", login=login))
    return person


def _visit(number: str, person: Person) -> Inspection:
    visit = queries.visit_numbered(person, number)
    if visit is None:
        raise click.ClickException(_("There is no visit %(number)s that %(name)s can see.",
                                     number=number, name=person.name))  # fmt: skip
    must_be_offered(visit.task, "paste", person, now())
    return visit


def _looked_at(sent: Sent, number: str, login: str, columns: dict[str, str]) -> int:
    """Lay the list on the table and tell it; the same list a second time is told and ends here."""
    with unit_of_work():
        person = _person(login)
        visit = _visit(number, person)
        if batch := queries.taken(visit, sent.sha256):
            click.echo(_("This list was already taken in on %(at)s by %(name)s. Nothing was written a second time.",
                         at=f"{batch.at:%Y-%m-%d %H:%M}", name=batch.person.name))  # fmt: skip
            sys.exit(0)
        rule = previewing.rule_of(visit)
        preview = actions.open_preview(visit, person, sent, now=now(), rule=rule, columns=columns)
        table = previewing.lay(preview, visit, person)
        _tell(table, table.look(today()))
        return preview.id


def _tell(table: Table, seen: Look) -> None:
    if not seen.problems:
        said = [*table.reading.warnings, *table.reading.tried]
        raise click.ClickException("\n".join([*(told(one) for one in said), *table.reading.seen[:12]]))
    for one in seen.problems:
        click.echo(_line(one))
    for row in set_aside(table, seen):
        click.echo(f"! {row['row'] or ''} {row['raw'][:60]}: {row['why']} {row['advice']}".rstrip())
    for warning in table.reading.warnings:
        click.echo(f"! {told(warning)}")
    click.echo(_("%(n)d problems, %(good)d to be written down.", n=len(seen.problems), good=_good(seen)))


def _good(seen: Look) -> int:
    return sum(not one.wrong for one in seen.taken)


def _line(one: Problem) -> str:
    mark = "x" if one.is_bad else "+" if one.takes else "-"
    place = f"{one.found.sheet}:{one.found.row}" if one.found.row else str(one.number)
    facts = (one.said["unit"], one.said["owner"], one.said["deadline_on"] or one.found.deadline_raw)
    return f"{mark} {place} {one.said['text'][:60]} [{'] ['.join(fact or '--' for fact in facts)}]"


def _written(preview_id: int, number: str, login: str, issue: bool) -> None:
    with unit_of_work():
        person = _person(login)
        visit = _visit(number, person)
        preview = queries.preview_to_change(person, visit, preview_id)
        if preview is None:
            raise click.ClickException(_("Somebody took this list in meanwhile."))
        table = previewing.lay(preview, visit, person)
        harvest = harvest_of(table, table.look(today()), [])
        if not harvest.rows:
            raise click.ClickException(_("No row is good enough to be written down."))
        pictures, harvest = keep_pictures(preview, table.reading, harvest)
        batch = actions.take_in(preview, visit, person, harvest, now=now(), seen=None, pictures=pictures)
        drafts = [finding.task for finding in queries.came_of(batch)] if issue else []
        outcomes = issue_all(drafts, person, now=now())
        taken, aside = batch.taken, len(batch.set_aside)
    click.echo(_("%(taken)d written down, %(aside)d set aside.", taken=taken, aside=aside))
    for outcome in outcomes:
        why = " ".join(told(sentence) for sentence in outcome.why)
        click.echo(f"{'-' if why else '✔'} {outcome.number} {why}".rstrip())
