"""Orders from the ledger: how many to which units, who will be told, what is left out and why; then sent."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qsl

from flask import abort, url_for
from flask_login import current_user, login_required
from sqlalchemy import not_

from app.clock import now, today
from app.findings import batch
from app.findings.filters import read
from app.htmx import answer_json, page, wants_json
from app.orders import actions_many, queries, showing
from app.orders.actions_many import Plan
from app.orders.addressing import signing
from app.orders.forms import line
from app.orders.forms_many import ChosenForm, ManyForm
from app.orders.views import bp
from app.orders.views_writing import number_papers
from app.tasks.models import Task
from app.words import told
from workflows.grammar import Sentence


@bp.post("/orders/many")
@login_required
def many() -> Any:
    """What would go out, before anything does; nothing ticked means the whole page."""
    queries.orders_in(current_user) or abort(404)
    asked = ChosenForm()
    if not asked.validate():
        abort(422)
    ids, view = asked.pick.data or [], read(dict(parse_qsl(asked.query.data or "")))
    if not ids or asked.scope.data in ("page", "all"):
        scope = "all" if asked.scope.data == "all" else "page"
        ids = batch.in_view(current_user, view, today(), scope, not_(queries.is_under_order(current_user)))
    tasks = batch.chosen(current_user, ids[: actions_many.MOST])
    plan = actions_many.plan(current_user, tasks)
    form = ManyForm.filled([task for sheet in plan.sheets for task in sheet.tasks], formdata=None)
    form.query.data = asked.query.data
    return _previewed(plan, form, more=len(ids) > len(tasks))


@bp.post("/orders/many/confirm")
@login_required
def send_many() -> Any:
    """Send them; the list says which order became of what."""
    queries.orders_in(current_user) or abort(404)
    form = ManyForm.filled()
    looked_at = (form.pick.data or [])[: actions_many.MOST]
    ids = [int(number) for row in looked_at if (number := row.partition(".")[0]).isascii() and number.isdigit()]
    plan = actions_many.plan(current_user, batch.chosen(current_user, ids), looked_at)
    if not form.validate():
        return _previewed(plan, form, 422)
    sent, left = actions_many.send_all(plan, form, current_user, now=now())
    number_papers(sent)
    if wants_json():
        return answer_json(orders=[showing.as_json(order) for order in sent], skipped=_left(left))
    return page("orders/many_sent.html", rows=[showing.row(order) for order in sent], left=left, back=_back(form))


def _previewed(plan: Plan, form: ManyForm, status: int = 200, *, more: bool = False) -> Any:
    hears = showing.hearing(plan.sheets)
    matters = sum(len(sheet.tasks) for sheet in plan.sheets)
    if wants_json():
        errors = {name: [str(one) for one in said] for name, said in form.errors.items() if name}
        going = [{"unit": sheet.unit.name, "post": sheet.post, "pick": [sheet.key(task) for task in sheet.tasks]}
                 for sheet in plan.sheets]  # fmt: skip
        return answer_json(status, orders=going, skipped=_left(plan.left), hears=hears, fields=errors)
    seats = [signing(current_user, sheet.tasks) for sheet in plan.sheets]
    return page("orders/many.html", status, plan=plan, form=form, hears=hears, matters=matters, line=line, more=more,
                most=actions_many.MOST, signs=all(seat and seat.kind == "leader" for seat in seats),
                back=_back(form))  # fmt: skip


def _left(left: list[tuple[Task, Sentence]]) -> list[dict[str, Any]]:
    return [{"task_id": task.id, "number": task.number, "why_not": told(why)} for task, why in left]


def _back(form: ManyForm) -> str:
    return f"{url_for('findings.index')}?{form.query.data or ''}".rstrip("?")
