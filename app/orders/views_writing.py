"""Writing an order: prefilled, confirmed with one tap, numbered in the register of papers right after."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import abort, current_app, flash, request, url_for
from flask_babel import gettext as _
from flask_login import current_user, login_required

from app.clock import now, today
from app.db import db, whole
from app.forms import only_a_button
from app.htmx import answer_json, back_to, page, wants_json
from app.orders import actions, queries, showing
from app.orders.addressing import addressee, signing
from app.orders.forms import OrderForm, kind_label
from app.orders.models import CODES, Order
from app.orders.telling import gathered, gathered_all
from app.orders.views import bp
from app.papers import actions as papers
from app.papers.reserving import reserve
from app.people.models import Person
from app.steps.attempts import attempt
from app.steps.links import page_of
from app.steps.offering import must_be_hers, must_be_offered
from app.steps.unfit import unfit
from app.tasks.models import Task
from app.units import queries as units
from app.units.models import Unit


@bp.route("/units/<int:unit_id>/orders/new", methods=["GET", "POST"])
@login_required
def about_unit(unit_id: int) -> Any:
    """An order about the late findings of a unit."""
    unit = units.get(unit_id)
    if unit is None or not queries.may_write_to(current_user, unit.path):
        abort(404)
    found = queries.late_of(current_user, unit.id, today())
    if not found and request.method == "GET":
        flash(_("Nothing is overdue there any more."))
        return back_to(url_for(".late"))
    return _written(found, unit, "")


@bp.route("/tasks/<int:task_id>/orders/new", methods=["GET", "POST"])
@login_required
def about_task(task_id: int) -> Any:
    """An order about one task, to whoever holds it."""
    found = queries.among(current_user, [task_id])
    unit, post = addressee(found[0]) if found else (None, "")
    return _written(found, unit or abort(404), post)


def _written(found: list[Task], unit: Unit, post: str) -> Any:
    """The form, filled in; confirmed, it goes out."""
    kind = request.args.get("kind", "order")
    form = OrderForm.about(found, kind if kind in CODES else "order")
    said = written_to(unit, found, form)
    if not form.is_submitted():
        return page("orders/new.html", form=form, **said)
    if not form.validate():
        return unfit(form, "orders/new.html", **said)
    chosen = [task for task in found if task.id in (form.tasks.data or ())]
    order = actions.send(form.letter(unit, post), chosen, current_user, now=now())
    return went_out(order)


def written_to(unit: Unit, found: Sequence[Task], form: OrderForm) -> dict[str, Any]:
    """What stands around the form: who is told, who signs."""
    seat = signing(current_user, found)
    post = addressee(found[0])[1] if found else ""
    told = showing.receivers(unit, post, found)
    signs = bool(seat and seat.kind == "leader")
    return {"unit": unit, "told": told, "signs": signs, "label": kind_label(form.kind.data)}


@bp.route("/tasks/<int:task_id>/issue-order", methods=["GET", "POST"])
@login_required
def issue(task_id: int) -> Any:
    """A draft, looked at, changed and signed by the leader."""
    order = queries.of_task(current_user, task_id) or abort(404)
    task, found = order.task, queries.covered_by(current_user, order)
    must_be_hers(task, "issue", current_user)
    form = OrderForm.about(found, task.kind)
    said = written_to(_unit_of(task), found, form) | {"draft": page_of(task)}
    if not form.is_submitted():
        must_be_offered(task, "issue", current_user, now())
        form.seen.data, form.demand.data, form.place.data = task.version, order.demand, order.place
        return page("orders/new.html", form=form, **said)
    form.kind.data = task.kind
    if not form.validate():
        return unfit(form, "orders/new.html", **said)
    letter = form.letter(_unit_of(task))
    return attempt(
        task, "issue", form,
        lambda: actions.sign(order, current_user, letter, now=now(), seen=form.seen.data,
                             about=form.tasks.data),
        unfit=lambda missing: unfit(form, "orders/new.html", missing, **said),
        done=lambda: went_out(order),
    )  # fmt: skip


def _unit_of(task: Task) -> Unit:
    return task.unit or abort(404)


def went_out(order: Order) -> Any:
    """It went out, or waits for the leader; its paper has its number with it."""
    number_papers([order])
    if wants_json():
        return answer_json(201, **showing.as_json(order))
    return back_to(page_of(order.task))


def number_papers(orders: Sequence[Order]) -> None:
    """Number the papers of those that went out; where that fails, the orders and their buttons still stand."""
    db.session.flush()
    try:
        with whole():
            found = gathered_all([one for one in orders if one.task.issued_at], current_user, today())
            reserve([one for one in found if one.may_number(current_user)], current_user, now=now())
    except Exception:
        current_app.logger.exception("the papers of %d orders were not numbered", len(orders))


def _gathered(order_id: int, person_id: int) -> Any:
    person, order = db.session.get_one(Person, person_id), db.session.get_one(Order, order_id)
    return gathered(order, person, today())


@bp.post("/orders/<int:order_id>/paper")
@login_required
def paper(order_id: int) -> Any:
    """Number its paper once more: with the answer, the minutes, or where the first try failed."""
    order = queries.of_any_kind(current_user, order_id) or abort(404)
    only_a_button()
    found = gathered(order, current_user, today()) or abort(404)
    found.must_be_numbered_by(current_user)
    person = current_user.id
    made = papers.issue(lambda: _gathered(order_id, person), person, now=now())
    if wants_json():
        return answer_json(201, number=made.text, url=url_for("papers.show", paper_id=made.id))
    return back_to(url_for("papers.show", paper_id=made.id))
