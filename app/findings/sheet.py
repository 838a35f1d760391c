"""What the page of a finding says: the way to closure, its dates and why, who stands where, what was decided."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from flask import url_for

from app.calendars.queries import explain
from app.calendars.queries import told as counted
from app.clock import day_of
from app.evidence.proving import as_json as proven
from app.evidence.proving import checklist
from app.findings.models import Finding
from app.findings.origins import read_in
from app.steps.offering import Offer
from app.steps.timeline import who
from app.tasks.due import DueDate
from app.tasks.entries import Entry
from app.tasks.models import Party, Task
from app.words import joined
from workflows.book import TRACKS, WEIGHTS
from workflows.grammar import Sentence, say
from workflows.roles import LABELS, Role

MOVED = {
    "issued": say("Promised when it was issued"), "extended": say("More time was granted"),
    "contested": say("Moved by the days the objection lasted"), "returned": say("Set when it was sent back"),
    "planned": say("Planned"),
}  # fmt: skip
VERDICTS = {
    "passed_on": (say("Passed to the next level"), "done"), "accepted": (say("Accepted and closed"), "done"),
    "sent_back": (say("Sent back"), "returned"), "on_the_spot": (say("Closed on the spot"), "done"),
}  # fmt: skip
METHODS = {"papers": say("From the papers"), "on_site": say("On site")}
LABELLED = {"weight": dict(WEIGHTS), "track": dict(TRACKS)}


def todo(finding: Finding, can: Sequence[Offer]) -> list[dict[str, Any]]:
    """What is asked, in order, each part done or not: measures, evidence, application for closure."""
    task, urls = finding.task, {offer.name: offer.url for offer in can if not offer.missing}
    if not task.open or task.issued_at is None or task.state in ("issued", "contested"):
        return []
    applied = {"label": say("Apply for closure"), "done": task.submitted_at is not None, "url": urls.get("report_done")}
    if task.track == "immediate":
        photo = any(piece.kind == "after" for piece in task.live_evidence)
        return [{"label": say("Put it right and add a photo"), "done": photo, "url": "#evidence"}, applied]
    return [_planned(finding, urls), _proven(finding), applied]


def _planned(finding: Finding, urls: dict[str, str]) -> dict[str, Any]:
    agreed = finding.task.state not in ("planning", "plan_review") and not _lacks_a_new_one(finding)
    count = len(finding.live_measures)
    note = say("%(n)d measures", n=count) if count else say("none yet")
    return {"label": say("Measures"), "done": agreed and count > 0, "note": note,
            "url": urls.get("submit_plan") if count else urls.get("add_measure")}  # fmt: skip


def _lacks_a_new_one(finding: Finding) -> bool:
    """What was sent back needs something more than what was sent before."""
    returned = finding.returned_at
    return returned is not None and all(one.task.created_at < returned for one in finding.live_measures)


def _proven(finding: Finding) -> dict[str, Any]:
    undone = [one for one in finding.live_measures if one.task.state != "done"]
    count = len(finding.live_measures)
    note = say("measures done: %(done)d of %(all)d", done=count - len(undone), all=count) if count else None
    url = measure_url(undone[0]) if undone and finding.task.state == "rectifying" else None
    return {"label": say("Evidence"), "done": count > 0 and not undone, "note": note, "url": url}


def next_measure(finding: Finding) -> Iterator[Offer]:
    """The first measure still to be done, as the next step."""
    undone = [one for one in finding.live_measures if one.task.state == "planned"]
    for one in undone[:1]:
        yield Offer("measure", "finish", say("Go on with: %(title)s", title=_short(one.task.title)),
                    measure_url(one), opens=True)  # fmt: skip


def _short(title: str) -> str:
    return title if len(title) <= 13 else f"{title[:12]}…"


def measure_url(one: Any) -> str:
    return url_for("measures.show", measure_id=one.id)


def dates(finding: Finding) -> list[dict[str, Any]]:
    """Every date promised, the original first, each with who decided it."""
    entries = {entry.seq: entry for entry in finding.task.entries}
    grants = {row.granted_on: row.task for row in finding.extensions if row.granted_on}
    return [
        {"on": due.on, "original": number == 0, "why": MOVED[due.why], "who": _decided(due, entries, grants)}
        for number, due in enumerate(finding.task.due_dates)
    ]


def _decided(due: DueDate, entries: dict[int, Entry], grants: dict[date, Task]) -> str:
    if due.why == "extended" and due.on in grants:
        granted = [entry for entry in grants[due.on].entries if entry.step == "grant"]
        return who(granted[-1]) if granted else ""
    entry = entries.get(due.entry_seq)
    return who(entry) if entry else ""


def why(finding: Finding, today: date) -> list[Sentence]:
    """Why the day is that day: what it was counted from, and which days of it people work."""
    task = finding.task
    if task.due_on is None or task.issued_at is None or not task.open:
        return []
    start = day_of(task.issued_at)
    days = (task.due_on - start).days
    whole = say("From %(start)s to %(end)s: %(days)d days of the calendar.",
                start=start.isoformat(), end=task.due_on.isoformat(), days=days)  # fmt: skip
    return [whole, *(counted(explain(start, task.due_on)) if days > 0 else [])]


def people(task: Task) -> list[tuple[str, int, str]]:
    """Who stands in which relation now, in the order of the work: role, level of verification, names."""
    named_as: dict[tuple[str, int], list[str]] = {}
    for role in Role:
        for party in task.parties_as(role):
            level = party.level if role is Role.VERIFIER and task.levels > 1 else 0
            named_as.setdefault((LABELS[role], level), []).append(_name(party))
    return [(label, level, joined(dict.fromkeys(names))) for (label, level), names in named_as.items()]


def _name(party: Party) -> str:
    body = party.person or party.unit
    return body.name if body else ""


def questions(task: Task) -> list[dict[str, Any]]:
    """Questions and answers, in order."""
    return [{"who": who(entry), "at": entry.at, "text": entry.said.get("text", "")}
            for entry in task.entries if entry.step == "comment"]  # fmt: skip


def verdicts(finding: Finding) -> list[dict[str, Any]]:
    """What was decided at each level, by whom and how."""
    entries = {entry.seq: entry for entry in finding.task.entries}
    return [
        {"level": row.level, "label": VERDICTS[row.verdict][0], "tone": VERDICTS[row.verdict][1],
         "method": METHODS[row.method], "remark": row.remark, "at": row.at, "who": who(entries[row.entry_seq])}
        for row in finding.verifications if row.entry_seq in entries
    ]  # fmt: skip


def as_json(finding: Finding) -> dict[str, Any]:
    """What only a finding has."""
    task = finding.task
    return {
        "finding_id": finding.id, "text": finding.text, "place": finding.place, "basis": finding.basis,
        "demand": finding.demand, "protection": finding.protection, "category": task.category, "clause": task.clause,
        "weight": task.weight, "track": task.track, "unit": task.unit.name if task.unit else None,
        "owner": task.owner.name if task.owner else None, "returns": task.returns,
        "due_dates": [{"on": due.on.isoformat(), "why": due.why} for due in task.due_dates],
        "read_in": {str(label): value for label, value in read_in(finding)},
        "measures": [{"id": one.id, "task_id": one.task_id, "text": one.text, "state": one.task.state,
                      "proofs": proven(checklist(one.proofs, one.task.live_evidence))}
                     for one in finding.measures],
    }  # fmt: skip
