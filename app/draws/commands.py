"""Drawing from the command line: the list alone, or kept with its number."""

from __future__ import annotations

from datetime import datetime

import click

from app.clock import now, zone
from app.db import unit_of_work
from app.draws import actions, lots, queries
from app.people import queries as people
from app.tasks.refusals import Refused
from app.units import queries as units


@click.command("draw-closed")
@click.argument("unit")
@click.option("--size", default=5, show_default=True, type=click.IntRange(1, 200), help="How many.")
@click.option("--seed", required=True, help="The same seed, criteria and moment give the same list.")
@click.option("--at", "moment", type=click.DateTime(), help="As things stood then; now where it is left out.")
@click.option("--since", type=click.DateTime(["%Y-%m-%d"]), help="Closed from that day on.")
@click.option("--until", type=click.DateTime(["%Y-%m-%d"]), help="Closed until that day.")
@click.option("--category", default="")
@click.option("--weight", type=click.Choice(["ordinary", "serious", "major"]))
@click.option("--as", "login", help="Keep it in the name of whoever signs in so; otherwise it is only printed.")
def draw_closed(unit: str, size: int, seed: str, moment: datetime | None, since: datetime | None,
                until: datetime | None, category: str, weight: str | None, login: str | None) -> None:  # fmt: skip
    """Draw SIZE of the findings closed at or below UNIT (code or name) for re-inspection."""
    of = units.by_name(unit)
    if of is None:
        raise click.ClickException("No unit has that code or name.")
    at = moment.replace(tzinfo=zone()) if moment else now()
    days = {name: day.date().isoformat() for name, day in (("since", since), ("until", until)) if day}
    criteria = {**days, "category": category, "weight": weight}
    found, population = lots.drawn_from(queries.closed(of.path, criteria, at), seed, size)
    for place, (_finding, number) in enumerate(found, start=1):
        click.echo(f"{place}\t{number}")
    click.echo(f"{len(found)} of {population} closed by {at.isoformat(timespec='seconds')}")
    if login:
        _keep(of.id, login, at, seed, size, criteria)


def _keep(unit_id: int, login: str, at: datetime, seed: str, size: int, criteria: dict[str, str | None]) -> None:
    try:
        with unit_of_work():
            person, unit = people.by_login(login), units.get(unit_id)
            if person is None or unit is None:
                raise click.ClickException("Nobody signs in with that name.")
            made = actions.draw(unit, person, now=now(), seed=seed, size=size, criteria=criteria, at=at)
            number = made.number
    except Refused as why:
        raise click.ClickException(str(why)) from why
    click.echo(number)


commands = [draw_closed]
