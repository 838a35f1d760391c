"""What everybody should know before reading a finding: sent back, waiting for whom, blocked, asked for, linked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from flask import url_for

from app.clock import day_of
from app.findings.models import Finding
from app.steps.timeline import who
from app.steps.waiting_on import Holder, holder_of, named
from app.tasks.models import Task
from app.words import told
from workflows.asks import BLOCKED_BY
from workflows.grammar import Sentence, say

A_FEW_LINES = 60  # signs that three lines of a phone hold
HANDED_IN = {"issued", "contested", "plan_review", "verifying"}


@dataclass(frozen=True)
class Notice:
    """One thing to know, with its tone, its own words and where it leads."""

    tone: str
    text: Sentence
    quote: str = ""
    url: str = ""
    link: str = ""

    @property
    def is_long(self) -> bool:
        """Whether a phone shows the first lines of it only, until all of it is asked for."""
        return len(self.quote) > A_FEW_LINES or self.quote.count("\n") > 2


def notices(finding: Finding) -> list[Notice]:
    """What holds for every reader, the most pressing first."""
    task = finding.task
    if not task.open:
        return list(_links(finding))
    found = (_returned(task), _contested(task), _orphaned(task), _withdrawing(task), _blocked(task), _asked(finding))
    return [*(notice for notice in found if notice), *_links(finding)]


def _returned(task: Task) -> Notice | None:
    if task.state not in ("rectifying", "planning"):
        return None
    step = "send_back" if task.state == "rectifying" else "return_plan"
    back = [entry for entry in task.entries if entry.step == step]
    later = [entry for entry in task.entries if entry.step == "report_done" and back and entry.seq > back[-1].seq]
    if not back or later:
        return None
    return Notice("returned", say("Sent back by %(who)s:", who=who(back[-1])), back[-1].said.get("reason", ""))


def _contested(task: Task) -> Notice | None:
    said = [entry for entry in task.entries if entry.step == "contest"] if task.state == "contested" else []
    if not said:
        return None
    return Notice("soon", say("%(who)s objects:", who=who(said[-1])), said[-1].said.get("reason", ""))


def _orphaned(task: Task) -> Notice | None:
    if task.unit is None or task.unit.closed_on is None:
        return None
    return Notice("soon", say("%(unit)s was closed on %(on)s; the issuing side transfers this to the unit after it.",
                              unit=task.unit.name, on=task.unit.closed_on.isoformat()))  # fmt: skip


def _withdrawing(task: Task) -> Notice | None:
    proposed = [entry for entry in task.entries if entry.step == "propose_withdrawal"]
    if task.withdrawal_by_id is None or not proposed:
        return None
    words = say("%(who)s proposed to withdraw it; a second person must confirm.", who=who(proposed[-1]))
    return Notice("soon", words, proposed[-1].said.get("reason", ""))


def waiting(task: Task, now: datetime) -> list[Notice]:
    """After handing in, for whoever waits: in whose hands it lies, since when, and how long that usually takes."""
    holder = holder_of(task)
    if task.state not in HANDED_IN or holder is None:
        return []
    return [_held(holder, now)]


def _held(holder: Holder, now: datetime) -> Notice:
    since = day_of(holder.since).isoformat()
    if holder.until and holder.until < now:
        days = (day_of(now) - day_of(holder.until)).days
        return Notice("late", say("It has waited for %(name)s since %(since)s, %(days)d days longer than usual.",
                                  name=holder.name, since=since, days=days))  # fmt: skip
    usually = holder.usually or say("no usual time is set")
    return Notice("going", say("Handed in; it waits for %(name)s since %(since)s, %(usually)s.",
                               name=holder.name, since=since, usually=usually),
                  url="/", link=say("On to what waits for you"))  # fmt: skip


def _blocked(task: Task) -> Notice | None:
    if not task.blocked_by or not task.blocked_since:
        return None
    by = say(dict(BLOCKED_BY.choices)[task.blocked_by])
    return Notice("soon", say("Blocked since %(since)s by: %(by)s. The deadline runs on.",
                              since=day_of(task.blocked_since).isoformat(), by=by))  # fmt: skip


def _asked(finding: Finding) -> Notice | None:
    for extension in finding.extensions:
        wait = extension.task.current_wait
        if extension.task.open and wait:
            words = say("More time until %(on)s was asked for; %(name)s decides.",
                        on=extension.proposed_on.isoformat(), name=told(named(wait)))  # fmt: skip
            url = url_for("extensions.show", extension_id=extension.id)
            return Notice("going", words, url=url, link=say("Look at the request"))
    return None


def _links(finding: Finding) -> Iterator[Notice]:
    """Other findings it hangs together with; another unit's is named by its number only."""
    yield from _tied(say("It came back: this was found before as"), finding, finding.recurs)
    yield from _tied(say("Merged into"), finding, finding.merged_into)
    for one in finding.merged:
        if one.task.issued_at or not finding.task.issued_at:
            yield from _tied(say("The same was found and merged into this one:"), finding, one)
    if finding.group_key:
        yield Notice("idle", say("Issued to several units, each answering for itself."))


def _tied(words: Sentence, finding: Finding, other: Finding | None) -> Iterator[Notice]:
    if other is not None:
        title = f" {other.task.title}" if other.task.unit_id == finding.task.unit_id else ""
        url = url_for("findings.show", finding_id=other.id)
        yield Notice("idle", words, url=url, link=f"{other.task.number}{title}")
