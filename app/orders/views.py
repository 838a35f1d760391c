"""Pages of orders: the register, what is late by unit, writing one, and one order with its receipts and answer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import Blueprint, abort, request, url_for
from flask_login import current_user, login_required

from app.clock import now, today
from app.db import aside
from app.evidence.actions_erasing import may_propose
from app.htmx import answer_json, number, page, wants_json
from app.orders import actions, queries, showing
from app.orders.models import CODES, Order
from app.people.models import SUPERVISING
from app.steps import shown
from app.steps.links import page_of
from app.steps.offering import offered
from app.steps.timeline import timeline
from app.steps.waiting_on import holder_of
from app.tasks import queries as tasks
from app.tasks.lights import countdown, light
from app.tasks.models import Task
from app.tasks.perform import offers
from workflows.rungs import LIGHTS

bp = Blueprint("orders", __name__)
circulars, talks = Blueprint("circulars", __name__), Blueprint("talks", __name__)


@bp.get("/orders")
@login_required
def index() -> Any:
    """Every order, circular and talk she may see, the newest first."""
    found = queries.register(current_user, request.args.get("before", type=number))
    rows, more = found[: queries.PER_PAGE], len(found) > queries.PER_PAGE
    following = url_for(".index", before=rows[-1].id) if more else None
    if wants_json():
        return answer_json(orders=[showing.as_json(order) for order in rows], next=following)
    return page("orders/index.html", rows=[showing.row(order) for order in rows], next_url=following,
                may=bool(queries.orders_in(current_user)))  # fmt: skip


@bp.get("/orders/late")
@login_required
def late() -> Any:
    """Units with overdue findings: one tap from the order about them."""
    units = queries.late_units(current_user, today())
    if wants_json():
        return answer_json(units=[{"id": u.id, "name": u.name, "late": u.late, "since": u.since.isoformat()}
                                  for u in units])  # fmt: skip
    return page("orders/late.html", units=units, kind=kind if (kind := request.args.get("kind")) in CODES else None)


@bp.get("/orders/<int:order_id>")
@login_required
def show(order_id: int) -> Any:
    """One supervision order."""
    return _shown(queries.get(current_user, order_id, "order") or abort(404))


@circulars.get("/circulars/<int:circular_id>", endpoint="show")
@login_required
def show_circular(circular_id: int) -> Any:
    """One circular."""
    return _shown(queries.get(current_user, circular_id, "circular") or abort(404))


@talks.get("/talks/<int:talk_id>", endpoint="show")
@login_required
def show_talk(talk_id: int) -> Any:
    """One admonitory talk."""
    return _shown(queries.get(current_user, talk_id, "talk") or abort(404))


def _shown(order: Order) -> Any:
    task, covered = order.task, queries.covered_by(current_user, order)
    _read_by_opening(task)
    read = queries.receipts(order, current_user, now())
    if wants_json():
        return answer_json(**_as_json(order, covered, read))
    happened = tasks.history(task)
    return page(
        "orders/show.html", order=order, task=task, light=light(task, today()), countdown=countdown(task, today()),
        state=task.workflow.state(task.state), holder=holder_of(task), read=read,
        covered=[(one, page_of(one), light(one, today()), countdown(one, today())) for one in covered],
        offers=offered(task, current_user, now()), happened=timeline(task, happened), colours=LIGHTS,
        erases=may_propose(task, current_user),
        acknowledged=next((entry for entry in happened if entry.step == "acknowledge"), None),
        papers=queries.papers(order), may_number=task.issued_at and task.state != "withdrawn" and _may_number(task),
    )  # fmt: skip


def _read_by_opening(task: Task) -> None:
    """Who opens it has read it, in the inbox as on this page; written down after the answer."""
    told, whose, at = queries.unread(current_user, task), list(current_user.identities), now()
    if told:
        aside(lambda: actions.mark_read(told, whose, now=at))


def _may_number(task: Task) -> bool:
    """Whether she sits in the unit that issued it, or leads it."""
    path = task.issuer_unit.path
    seats = [seat for seat in current_user.seats if seat.kind in SUPERVISING]
    return any(s.unit_id == task.issuer_unit_id or (s.kind == "leader" and path.startswith(s.reach)) for s in seats)


def _as_json(order: Order, covered: Sequence[Task], read: list[tuple[str, Any]]) -> dict[str, Any]:
    of_task = shown.task(order.task, offers(order.task, current_user, now()))
    return of_task | {
        "order_id": order.id, "demand": order.demand, "light": order.light, "place": order.place,
        "explanation": order.explanation, "answer": order.answer, "minutes": order.minutes, "promise": order.promise,
        "held_on": order.held_on.isoformat() if order.held_on else None,
        "covers": [{"task_id": one.id, "number": one.number, "title": one.title} for one in covered],
        "told": [{"name": name, "read_at": at.isoformat() if at else None} for name, at in read],
        "papers": [paper.text for paper in queries.papers(order)],
    }  # fmt: skip


# The room's further pages hang themselves into the same blueprint.
from app.orders import views_agenda, views_many, views_writing  # noqa: E402, F401
