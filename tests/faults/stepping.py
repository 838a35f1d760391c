"""A finding's life one step at a time, each in its own unit of work, on any thread or in any process."""

from __future__ import annotations

from random import Random

from app.clock import day_of, now
from app.db import db, unit_of_work
from app.measures import actions as measures
from app.steps.actions import take
from app.tasks.models import Task
from tests import story
from tests.cast import Cast


def begun(count: int = 1) -> list[int]:
    """The tasks of so many findings just issued."""
    with unit_of_work():
        return [int(story.issued(Cast()).task.id) for _finding in range(count)]


def one_step(task_id: int, dice: Random) -> int | None:
    """Go one step on, or ask something; returns the number of its entry, None when the finding has ended."""
    with unit_of_work():
        task = db.session.get_one(Task, task_id)
        if not task.open:
            return None
        if dice.random() < 0.2:
            take(task, "comment", Cast().inspector, now=now(), text="进展如何？")
        else:
            WAYS[task.state](task, Cast(), dice)
        return task.entry_seq


def _issued(task: Task, cast: Cast, dice: Random) -> None:
    take(task, "acknowledge", cast.head, now=now(), owner=cast.owner)


def _planning(task: Task, cast: Cast, dice: Random) -> None:
    if not task.finding.live_measures:
        story.planned(task.finding, cast)
    else:
        take(task, "submit_plan", cast.owner, now=now())


def _plan_review(task: Task, cast: Cast, dice: Random) -> None:
    if dice.random() < 0.3:
        take(task, "return_plan", cast.district, now=now(), reason="请写明期限")
    else:
        take(task, "approve_plan", cast.district, now=now(), remark="")


def _rectifying(task: Task, cast: Cast, dice: Random) -> None:
    planned = [measure for measure in task.finding.live_measures if measure.task.state == "planned"]
    returned = task.finding.returned_at
    if planned:
        story.evidence(planned[0].task, cast.owner)
        moment = now()
        take(planned[0].task, "finish", cast.owner, now=moment, result="已完成", finished_on=day_of(moment))
        take(task, "comment", cast.inspector, now=moment, text="请申请销号")
    elif returned and all(measure.task.created_at < returned for measure in task.finding.live_measures):
        measures.add([task.finding], cast.owner, now=now(), text="补充措施", owner=cast.owner, due_on=task.due_on)
    else:
        take(task, "report_done", cast.owner, now=now(), remark="")


def _verifying(task: Task, cast: Cast, dice: Random) -> None:
    who = cast.district if task.level == 1 else cast.county
    if dice.random() < 0.3:
        take(task, "send_back", who, now=now(), method="papers", reason="照片不清")
    elif task.level == 1:
        take(task, "pass_on", who, now=now(), method="papers", remark="")
    else:
        take(task, "accept", who, now=now(), method="on_site", remark="属实")


WAYS = {"issued": _issued, "planning": _planning, "plan_review": _plan_review, "rectifying": _rectifying,
        "verifying": _verifying}  # fmt: skip
