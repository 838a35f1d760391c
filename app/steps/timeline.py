"""What happened to a task, told in sentences; the machine's acts say so and name their rule."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import url_for
from flask_babel import gettext as _

from app.evidence.models import PROOFS
from app.tasks.entries import BEFORE, Entry
from app.tasks.erasing import has_words
from app.tasks.models import Task
from app.words import day, joined, told
from workflows.asks import BLOCKED_BY, METHOD
from workflows.grammar import say
from workflows.roles import LABELS, Role
from workflows.rungs import days_from

BEGINNINGS = {
    "inspection": say("Recorded the visit"), "finding": say("Wrote it down"), "measure": say("Planned the measure"),
    "extension": say("Asked for more time"), "report": say("Asked for the month's report"),
    "order": say("Drafted the supervision order"), "circular": say("Drafted the circular"),
    "talk": say("Drafted the talk"),
}  # fmt: skip
PIECES = {
    "add_evidence": say("Added evidence"), "remove_evidence": say("Took evidence off"),
    "put_back_evidence": say("Put evidence back"), "ask_to_cover": say("Sent a photo back to be covered"),
    "propose_erasure": say("Proposed to erase content"), "keep_content": say("Did not erase it"),
    "erase": say("Erased personal content"), "open_original": say("Opened an original"),
    "label_minors": say("Labelled a picture: shows minors"),
    "unlabel_minors": say("Took off the label “shows minors”"),
    "say_proof": say("Said what a piece of evidence shows"), "share_evidence": say("Used a file for this task, too"),
    "cannot_open": say("A picture that was sent cannot be opened; it does not count"),
    "cover_by_scan": say("Said that the signed paper covers the next step, too"),
    "cover_evidence": say("Covered parts of a photo"), "dismiss_hint": say("Dismissed a hint at a reused picture"),
}  # fmt: skip
OF_THE_MACHINE = {
    "remind": say("Reminded"), "urge": say("Urged"), "propose_order": say("Proposed a supervision order"),
    "propose_circular": say("Proposed a circular"), "propose_talk": say("Proposed an admonitory talk"),
    "aware": say("Has taken note"), "reckon": say("Reckoned the days anew"),
}  # fmt: skip
ABOUT_IT = {
    "under_order": say("Put under a supervision order"), "under_circular": say("Named in a circular"),
    "under_talk": say("Made the matter of an admonitory talk"),
    "looked_back": say("Looked at again after closing"),
    "decline_proposal": say("Declined what the ladder proposed"),
}  # fmt: skip
SEEN = {"passed": say("It has held"), "rebound": say("It has come back")}
CHOICES = {"method": METHOD, "blocked_by": BLOCKED_BY}
SAID_BY_THE_TICK = {
    "caught_up": say("Said late: the scheduler had stood still."), "unheard": say("Nobody could be told."),
}  # fmt: skip


@dataclass(frozen=True)
class Happening:
    """One entry as the timeline shows it."""

    at: datetime
    who: str
    what: str
    from_state: str
    to_state: str
    text: str
    erasable: str = ""


def timeline(task: Task, entries: Sequence[Entry]) -> list[Happening]:
    """The entries of `task`, the newest first."""
    return [_told(task, entry) for entry in reversed(entries)]


def _told(task: Task, entry: Entry) -> Happening:
    moved = entry.from_state is not None and entry.from_state != entry.to_state
    states = {state.name: state.label for state in task.workflow.states}
    return Happening(
        at=entry.at, who=who(entry), what=what(task, entry.step),
        from_state=states.get(entry.from_state or "", "") if moved else "",
        to_state=states.get(entry.to_state, "") if moved else "",
        text="\n".join(_lines(entry)), erasable=_erasable(entry),
    )  # fmt: skip


def _erasable(entry: Entry) -> str:
    """Where it is proposed to erase its words; empty when it has none but a file's name, or says why others went."""
    if not has_words(entry) or entry.step in ("propose_erasure", "keep_content", "erase"):
        return ""
    return url_for("evidence.erase_words", entry_id=entry.id)


def who(entry: Entry) -> str:
    """The actor as she stood there then: name, post, unit, and for whom."""
    if entry.actor_id is None:
        return told(LABELS[Role.CLOCK])
    sat = " ".join(part for part in (entry.actor_unit, entry.actor_post) if part)
    name = f"{entry.actor_name}({sat})" if sat else entry.actor_name
    return name + (_(" for %(name)s", name=entry.on_behalf_name) if entry.on_behalf_name else "")


def what(task: Task, step_name: str) -> str:
    """What a step is called on the screen."""
    if step_name == "begin":
        return BEGINNINGS[task.kind]
    rows = task.workflow.steps_called(step_name)
    return rows[0].label if rows else {**PIECES, **OF_THE_MACHINE, **ABOUT_IT}.get(step_name, step_name)


def _lines(entry: Entry) -> Iterator[str]:
    yield from entry.said.values()
    if entry.words and entry.words.erased_at:
        yield _("These words were erased on %(day)s.", day=day(entry.words.erased_at))
    for name, value in (entry.facts | ({BEFORE: entry.before} if entry.before else {})).items():
        if line := _fact(name, value):
            yield line


def _fact(name: str, value: Any) -> str:
    if name in CHOICES:
        return told(dict(CHOICES[name].choices).get(value, ""))
    if name in ("owner", "unit"):
        label = _("Owner") if name == "owner" else _("Responsible unit")
        return f"{label}: {value['name']}"
    if name in ("on", "proposed_on"):
        return _("New date: %(on)s", on=value) if name == "on" else _("Proposed date: %(on)s", on=value)
    if name == "original":
        return _("Stays: %(number)s", number=value)
    if name == "looked":
        return told(SEEN[value])
    if name == "came_back_as":
        return _("New finding: %(number)s", number=value)
    if name == "order":
        return _("Number: %(number)s", number=value)
    if name == "skipped_levels":
        return _("Nobody could verify at level %(levels)s; it moved up.", levels=joined(value))
    if name == "scans":
        return _("On the signed paper, piece %(ids)s.", ids=joined(value))
    if name == "reviewed_by":
        return _("Whoever reviews took part; %(unit)s reviews instead.", unit=value)
    return _changed(name, value)


def _changed(name: str, value: Any) -> str:
    """What the machine did, and what something was before."""
    if name == "ends":
        return _("It now waits until %(at)s.", at=value[:10])
    if name == "rule":
        return _rule(value)
    if name in SAID_BY_THE_TICK:
        return told(SAID_BY_THE_TICK[name]) if value else ""
    if name == BEFORE and isinstance(value, dict):
        old = "; ".join(_shown(part) for part in value.values() if part not in (None, "", []))
        return _("Before: %(text)s", text=old) if old else ""
    if name == "proof" and value in PROOFS:
        return told(PROOFS[value])
    if name == "undoes":
        return _("Undid what was done just before.")
    return ""


def _shown(part: Any) -> str:
    if isinstance(part, list):
        return joined(told(PROOFS.get(one, one)) for one in part)
    return str(part["name"]) if isinstance(part, dict) else str(part)


def _rule(rule: dict[str, Any]) -> str:
    """Which rung of which ladder spoke."""
    return _("By the ladder “%(ladder)s”: %(when)s", ladder=told(rule["ladder"]), when=told(days_from(rule["days"])))
