"""What the demo's leader decided on what is late: one order answered, one still open; proposals wait for her."""

from __future__ import annotations

from datetime import datetime

from app.clock import day_of
from app.db import db
from app.demo.story import HEADS, someone
from app.orders import actions
from app.orders.addressing import Letter
from app.orders.forms import in_days
from app.steps.actions import take
from app.tasks.models import Task
from app.tasks.queries import is_overdue
from app.units.models import Unit

DEMAND = "该事项已超过整改时限。请查明原因，明确责任人，在办理时限内整改到位，并书面反馈办理情况。"
ANSWER = "围墙危险段已设硬质围挡并停用该侧通道；施工合同已签订，材料已进场，预计两周内完成重砌。"


def decide(now: datetime) -> None:
    """Put the oldest late finding of two schools under an order; the first school has answered."""
    for login, answered in (("li", True), ("wang", False)):
        code = next(code for code, head in HEADS.items() if head == login)
        late = db.session.query(Task).join(Unit, Unit.id == Task.unit_id).filter(Unit.code == code)
        task = late.filter(Task.kind == "finding", is_overdue(day_of(now))).order_by(Task.due_key).first()
        if task is not None:
            _order(task, login, now, answered)


def _order(task: Task, login: str, now: datetime, answered: bool) -> None:
    assert task.unit is not None
    order = actions.send(Letter("order", task.unit, DEMAND, in_days(5)), [task], someone("zhou"), now=now)
    if answered:
        take(order.task, "acknowledge", someone(login), now=now)
        take(order.task, "answer", someone(login), now=now, text=ANSWER)
