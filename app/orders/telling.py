"""What the paper of an order, a circular or a talk says, gathered from the records."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from app.orders import queries
from app.orders.models import Order
from app.orders.queries_papers import covered_by_each
from app.papers import facts as told
from app.papers.gathering import COLOURS, Gathered
from app.papers.kinds import KINDS
from app.papers.phrases import brief, clean, day, ended, listed
from app.papers.queries import rows_within
from app.papers.surveying import survey
from app.people.models import Person
from app.tasks.lights import days_left
from app.tasks.models import Task
from workflows.roles import Role


def gathered(order: Order, viewer: Person, today: date) -> Gathered | None:
    """The paper as `viewer` may make it; None when she may see nothing of what it covers."""
    return _gathered(order, queries.covered_by(viewer, order), viewer, today)


def gathered_all(orders: Sequence[Order], viewer: Person, today: date) -> list[Gathered]:
    """The same of several that went out, in as many statements as of one."""
    covered = covered_by_each(viewer, orders)
    found = (_gathered(order, covered.get(order.id, []), viewer, today) for order in orders)
    return [one for one in found if one is not None]


def _gathered(order: Order, covered: list[Task], viewer: Person, today: date) -> Gathered | None:
    task = order.task
    if task.unit is None or task.issued_at is None or not covered:
        return None
    said = {"day": day(today), "issuer": told.full_name(task.issuer_unit), "unit": task.unit.name,
            **TELLING[task.kind](order, covered, viewer, today)}  # fmt: skip
    about = (task.id, *(one.id for one in covered))
    return Gathered(KINDS[task.kind], order.id, task.issuer_unit, task.unit, said, about, task.state != "withdrawn")


def matter(task: Task, today: date) -> str:
    """One late matter: what, its number, its date, how late it is."""
    text = task.finding.text if task.finding else task.title
    late = days_late(task, today)
    passed = f"，已逾期{late}天" if late else ""
    return f"{ended(text)}（编号{task.number}，整改时限{day(task.due_on) or '未定'}{passed}）"


def days_late(task: Task, today: date) -> int:
    """Days since the date of what is not submitted; 0 while there is time, also when only a step took too long."""
    return max(0, -(days_left(task, today) or 0))


def _order(order: Order, covered: list[Task], _viewer: Person, today: date) -> dict[str, Any]:
    task = order.task
    supporters = dict.fromkeys(p.unit.name for one in covered for p in one.parties_as(Role.SUPPORTER) if p.unit)
    return {"said": {}, "order": {
        "matter": listed(matter(one, today) for one in covered), "source": source(covered),
        "issued": day(task.issued_at),
        "supporters": "、".join(supporters), "colour": COLOURS.get(order.light, ""), "until": day(task.due_on),
        "demand": clean(order.demand), "answer": clean(order.answer),
    }}  # fmt: skip


def source(covered: list[Task]) -> str:
    """Where the matters come from: the visits, by name and day."""
    visits = {one.finding.inspection.id: one.finding.inspection for one in covered if one.finding}
    said = [told.of_visit(visit) for visit in visits.values()]
    return "；".join(f"{visit['name']}（{visit['day']}）" for visit in said)


def _circular(order: Order, covered: list[Task], viewer: Person, today: date) -> dict[str, Any]:
    scope = order.task.issuer_unit
    named = [
        {"n": n, "unit": one.unit.name if one.unit else "", "title": brief(one.title), "number": one.number,
         "due": day(one.due_on), "days": days_late(one, today)}
        for n, one in enumerate(covered, start=1)
    ]  # fmt: skip
    counted = survey(rows_within(viewer, scope.reach), today).told()
    said = {"good": "", "demand": clean(order.demand), "copies": ""}
    return {
        **counted,
        "late": named,
        "more_late": 0,
        "waited": not all(one["days"] for one in named),
        "scope": scope.name,
        "said": said,
    }


def _talk(order: Order, covered: list[Task], _viewer: Person, today: date) -> dict[str, Any]:
    task = order.task
    named = next((p.person.name for p in task.parties_as(Role.LEADER) if p.person), "")
    return {
        "matters": listed(matter(one, today) for one in covered),
        "said": {"speaker": named, "when": day(order.held_on or task.due_on), "where": clean(order.place),
                 "invited": ""},
        "talk": {"minutes": clean(order.minutes), "promise": clean(order.promise)},
    }  # fmt: skip


TELLING = {"order": _order, "circular": _circular, "talk": _talk}
