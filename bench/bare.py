"""The barest page of the same rows and columns: Flask, one Core statement, one Jinja loop; no house around it."""

from __future__ import annotations

from datetime import date
from typing import Any

import sqlalchemy as sa
from flask import Flask, render_template, request
from jinja2 import DictLoader

from app.findings.models import Finding
from app.people.models import Person
from app.tasks.models import Task, Wait
from app.units.models import Unit
from workflows.book import WORKFLOWS

LABELS = {state.name: state.label for state in WORKFLOWS["finding"].states}
PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Findings</title></head><body>
<table><thead><tr><th></th><th>Status</th><th>Number</th><th>Title</th><th>Unit</th><th>Clause</th><th>Owner</th>
<th>Deadline</th><th>Waits on</th></tr></thead><tbody>
{% for r in rows %}
{% set late = r.due_on < today %}
<tr class="{{ 'late' if late else 'going' }}">
<td><input type="checkbox" name="pick" value="{{ r.task_id }}" aria-label="{{ r.number }}"></td>
<td><span>{{ '▲' if late else '●' }}</span> <span>{{ 'Overdue' if late else 'In progress' }}</span></td>
<td>{{ r.number }}</td>
<td><a href="/findings/{{ r.finding_id }}">{{ r.title }}</a></td>
<td>{{ r.unit }}</td>
<td>{{ r.clause }}</td>
<td>{{ r.owner or '--' }}</td>
<td>{{ r.due_on }} <span>{{ (r.due_on - today).days }} days</span></td>
<td>{{ labels[r.state] }} · {{ r.holder }} <span>{{ (today - r.started_at.date()).days }} days</span></td>
</tr>
{% endfor %}
</tbody></table>
</body></html>"""
Owner, Holder, Place = sa.orm.aliased(Person), sa.orm.aliased(Person), sa.orm.aliased(Unit)


def application(engine: sa.Engine, today: date) -> Flask:
    """A bare application with the one page; `?unit=` shows one unit's rows."""
    app = Flask("bare")
    app.jinja_loader = DictLoader({"rows.html": PAGE})  # type: ignore[assignment]

    @app.get("/")
    def rows() -> str:
        with engine.connect() as connection:
            found = connection.execute(statement(request.args.get("unit", type=int))).all()
        return render_template("rows.html", rows=found, today=today, labels=LABELS)

    return app


def statement(unit: int | None) -> sa.Select[Any]:
    """The first fifty open findings by date, of all units or of one."""
    return (
        sa.select(
            Finding.id.label("finding_id"), Task.id.label("task_id"), Task.number, Task.title,
            Unit.name.label("unit"), Task.clause, Owner.name.label("owner"), Task.due_on, Task.state,
            Task.submitted_at, Task.returns, Wait.started_at,
            sa.func.coalesce(Holder.name, Place.name).label("holder"),
        )
        .join(Finding, Finding.task_id == Task.id)
        .outerjoin(Unit, Unit.id == Task.unit_id)
        .outerjoin(Owner, Owner.id == Task.owner_id)
        .outerjoin(Wait, (Wait.task_id == Task.id) & Wait.ended_at.is_(None))
        .outerjoin(Holder, Holder.id == Wait.person_id)
        .outerjoin(Place, Place.id == Wait.unit_id)
        .where(Task.kind == "finding", Task.open, *([Task.unit_id == unit] if unit else []))
        .order_by(Task.due_key, Task.id)
        .limit(50)
    )  # fmt: skip
