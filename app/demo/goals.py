"""Where the demo's findings stand: each goal goes on from the one before, through the door."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from app.clock import day_of
from app.db import db
from app.demo.ledger import ROWS
from app.demo.story import Demo
from app.extensions import actions as extensions
from app.measures import actions as measures
from app.people.models import Person
from app.steps.actions import take

ANOTHER_SCHOOLS = next(n for n, row in enumerate(ROWS) if row.goal == "closed" and row.unit == "QH-D3")
LAST_YEARS = next(n for n, row in enumerate(ROWS) if row.visit == "last")


def draft(story: Demo) -> None:
    """It stays with the inspector."""


def issued(story: Demo) -> None:
    """The school has it in hand."""
    story.step("issue", story.inspector)


def contested(story: Demo) -> None:
    """The school objects."""
    issued(story)
    story.step("contest", story.head, 2, reason="网站由县信息中心统一托管，更新权限不在学校，建议调整责任单位。")


def merged(story: Demo) -> None:
    """A duplicate, withdrawn in favour of the one before."""
    issued(story)
    original = story.finding.task.number[:-2] + f"{int(story.finding.task.number[-2:]) - 1:02d}"
    story.step("merge", story.inspector, original=original)


def planning(story: Demo) -> None:
    """An owner is named."""
    issued(story)
    story.step("acknowledge", story.head, owner=story.owner)


PROVEN_BY = {
    "rule": ("rule", "minutes"), "training": ("photo", "sign_in"), "purchase": ("photo", "invoice"),
    "paperwork": ("minutes",),
}  # fmt: skip


def plan_review(story: Demo) -> None:
    """The measures are set and wait for the reviewer."""
    planning(story)
    if story.row.goal == "plan_review":
        story.recent(2)
    due = story.finding.task.due_on
    for text, kind in story.row.measures:
        measures.add(
            [story.finding], story.owner, now=story.later(1), text=text, owner=story.owner, due_on=due, kind=kind,
            proofs=PROVEN_BY.get(kind, ("photo",)),
        )  # fmt: skip
    story.step("submit_plan", story.owner, 0)


def rectifying(story: Demo) -> None:
    """The measures are agreed."""
    plan_review(story)
    story.step("approve_plan", story.district, remark="")


def at_once(story: Demo) -> None:
    """Acknowledged, to be put right at once."""
    issued(story)
    story.step("acknowledge", story.head, owner=story.owner)


def late(story: Demo) -> None:
    """Being put right, and past its date."""
    at_once(story) if story.row.track == "immediate" else rectifying(story)


def asked(story: Demo) -> None:
    """More time is asked for."""
    rectifying(story)
    story.recent(2)
    extensions.ask(
        story.finding, story.owner, now=story.later(1), reason="心理教师招聘公示期未满，需顺延。",
        proposed_on=day_of(story.now) + timedelta(days=story.row.due + 20), progress="已发布招聘公告。",
    )  # fmt: skip


def extended(story: Demo) -> None:
    """More time was granted once."""
    rectifying(story)
    until = day_of(story.now) + timedelta(days=story.row.due + 60)
    request = extensions.ask(
        story.finding, story.owner, now=story.later(2), reason="专项经费下月到位，施工需六十天。", proposed_on=until,
        progress="已完成勘测和预算。", protection="雨天体育课改在室内进行。",
    )  # fmt: skip
    take(request.task, "grant", story.district, now=story.later(1), on=until, remark="同意，按期完成硬化。")


def submitted(story: Demo) -> None:
    """Done, shown, and applied for closure."""
    rectifying(story)
    if story.row.goal in ("verifying", "verifying_2", "returned"):
        story.recent(6)
    _finish(story)
    story.step("report_done", story.owner, 0, remark="请验收。")


def _finish(story: Demo) -> None:
    for measure in story.finding.live_measures:
        if measure.task.state == "planned":
            _prove(story, measure.task)
            take(measure.task, "finish", story.owner, now=story.later(2), result="已按措施完成，见照片。",
                 finished_on=day_of(story.at))  # fmt: skip


def _prove(story: Demo, task: Any) -> None:
    """A photo of how it looks now; where a verdict is awaited, also some that need a second look."""
    honest = story.camera(story.row.found - 8) if story.row.goal in ("verifying", "verifying_2") else None
    story.photo("after", story.owner, mended=True, task=task, camera=honest)
    if story.row.goal == "verifying":
        story.photo("after", story.owner, mended=True, task=task)
        story.photo("after", story.owner, mended=True, task=task, camera=story.camera(-20))
        edited = story.camera(story.row.found - 8, away=0.2, software="Adobe Photoshop 25.1")
        story.photo("after", story.owner, mended=True, task=task, camera=edited)
        story.old_photo(story.owner, task)
        story.borrowed(story.owner, task, LAST_YEARS)
    if story.row.goal == "verifying_2":
        story.borrowed(story.owner, task, ANOTHER_SCHOOLS)


def submitted_2(story: Demo) -> None:
    """The district is content; the county looks next."""
    submitted(story)
    while story.finding.task.level < story.finding.task.levels:
        story.step("pass_on", _verifier(story), method="papers", remark="材料齐全。")


def _verifier(story: Demo) -> Person:
    party = next(p for p in story.finding.task.parties_as("verifier") if p.level == story.finding.task.level)  # type: ignore[arg-type]
    return next(p for p in db.session.query(Person) if p.sits(party.post or "", party.unit_id))


def closed(story: Demo) -> None:
    """Verified at every level."""
    submitted_2(story)
    story.step("accept", _verifier(story), method="on_site", remark="现场查看，已整改到位，同意销号。")


def returned(story: Demo) -> None:
    """Sent back with the reason, and late again."""
    submitted(story)
    story.step("send_back", story.district, method="on_site", reason="仍有六台计算机无法上网，请补充整改。",
               on=max(day_of(story.now) + timedelta(days=story.row.due), day_of(story.at)))  # fmt: skip


def closed_at_once(story: Demo) -> None:
    """Put right at once and verified."""
    at_once(story)
    story.photo("after", story.owner, mended=True)
    story.step("report_done", story.owner, 0, result="已清空通道并张贴禁止堆放标识。")
    while story.finding.task.state == "verifying":
        last = story.finding.task.level == story.finding.task.levels
        story.step("accept" if last else "pass_on", _verifier(story), 0, method="papers", remark="照片属实。")


def on_the_spot(story: Demo) -> None:
    """Put right while the inspector stood there."""
    story.photo("after", story.inspector, mended=True)
    story.step("close_on_the_spot", story.inspector, 0, remark="现场断电更换箱门并加锁，当场整改完毕。")


GOALS: dict[str, Callable[[Demo], None]] = {
    "draft": draft, "issued": issued, "contested": contested, "merged": merged, "planning": planning,
    "late_planning": planning, "plan_review": plan_review, "rectifying": rectifying, "late": late,
    "long_term": rectifying, "asked": asked, "extended": extended, "verifying": submitted,
    "verifying_2": submitted_2, "closed": closed, "returned": returned, "closed_at_once": closed_at_once,
    "on_the_spot": on_the_spot,
}  # fmt: skip
