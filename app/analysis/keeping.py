"""Where counting takes long the tick counts, and pages say as of when; elsewhere every look counts anew."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from flask import current_app, has_request_context

from app.analysis import lens as lenses
from app.analysis import queries, queries_kept
from app.analysis.charts import CHARTS, Chart, Rows
from app.analysis.lens import Lens
from app.analysis.models import Count
from app.analysis.scope import Scope
from app.clock import day_of
from app.db import aside, release, unit_of_work
from app.people import queries as people
from app.people.models import SUPERVISING
from app.units import queries as units

TOO_OLD = timedelta(hours=8)  # then nobody ticks, and whoever looks waits for it
LOOK = timedelta(minutes=10)
SECONDS = 20  # the most a tick counts
DESK = "dated"  # what the desk of everybody who judges findings counts


@dataclass(frozen=True)
class Counted:
    """The rows, and the moment they are of."""

    rows: Rows
    at: datetime
    is_kept: bool = False


def counted(chart: Chart, lens: Lens, scope: Scope, at: datetime) -> Counted:
    """The chart's rows: counted now, or as they were kept."""
    if not queries.is_large(current_app.config["KEPT_FROM"]):
        return Counted(chart.ask(lens, scope), at)
    kept = queries_kept.kept(lens.key, chart.name, scope.address)
    if kept and kept.made_at > at - TOO_OLD:  # of yesterday just after midnight, until the tick has come to it
        _looked(kept, at)
        return Counted(kept.rows, kept.made_at, is_kept=True)
    rows, person = chart.ask(lens, scope), lens.viewer.id if lens.viewer else None
    if has_request_context():
        aside(lambda: queries_kept.keep(lens.key, person, lens.unit_id, chart.name, scope, rows, at))
    return Counted(rows, at, is_kept=True)


def _looked(kept: Count, at: datetime) -> None:
    if kept.looked_at < at - LOOK and has_request_context():
        number = kept.id
        aside(lambda: queries_kept.note_look(number, at))


def refresh(moment: datetime) -> int:
    """Count anew what somebody looked at lately and what is no longer fresh; forget what nobody looks at."""
    started, done = time.monotonic(), 0
    for number in queries_kept.stale(moment, day_of(moment)):
        if time.monotonic() - started > SECONDS:
            break
        _again(number, moment)
        done += 1
    return done + queries_kept.forget_unwanted(moment)


def ahead(moment: datetime) -> int:
    """Count what leaders see, and others on their desk, before they look for the first time; returns how many."""
    if not queries.is_large(current_app.config["KEPT_FROM"]):
        return 0
    started, done = time.monotonic(), 0
    for person, chart in _unseen(day_of(moment)):
        if time.monotonic() - started > SECONDS:
            break
        _first(person, chart, Scope(day_of(moment)), moment)
        done += 1
    return done


def _unseen(day: date) -> list[tuple[int, Chart]]:
    """All charts of leaders; of the many others who judge findings only what their desk counts."""
    leading = {viewer.id: lenses.of(viewer).key for viewer in queries_kept.holders({"leader"}, day)}
    others = {viewer.id: lenses.of(viewer).key for viewer in queries_kept.holders(SUPERVISING, day)}
    known = queries_kept.known([*others.values()])
    wanted = [(p, key, chart) for p, key in leading.items() for chart in CHARTS.values()]
    wanted += [(p, key, CHARTS[DESK]) for p, key in others.items() if p not in leading]
    return [(person, chart) for person, key, chart in wanted if (key, chart.name) not in known]


def _first(person: int, chart: Chart, scope: Scope, moment: datetime) -> None:
    viewer = people.one_seated(person)
    if viewer is not None:
        lens = lenses.of(viewer)
        rows = chart.ask(lens, scope)
        release()
        with unit_of_work():
            queries_kept.keep(lens.key, person, None, chart.name, scope, rows, moment)


def _again(number: int, moment: datetime) -> None:
    """Counted outside the transaction that keeps it, for on SQLite nobody could write meanwhile."""
    kept = queries_kept.get(number)
    scope, chart, lens = Scope(day_of(moment), **kept.scope), CHARTS.get(kept.chart), _lens(kept)
    rows = chart.ask(lens, scope) if chart and lens and lens.key == kept.key else None
    release()
    with unit_of_work():
        if rows is None:
            queries_kept.forget(number)
        else:
            queries_kept.count_again(number, rows, scope.day, moment)


def _lens(kept: Count) -> Lens | None:
    if kept.unit_id is not None:
        unit = units.get(kept.unit_id)
        return lenses.over(unit) if unit else None
    viewer = people.one_seated(kept.person_id or 0)
    return lenses.of(viewer) if viewer and viewer.active else None
