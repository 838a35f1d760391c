"""Gathering what a paper says: from the records, as its maker may see them, and from what she typed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from app.extensions.models import Extension
from app.findings.models import Finding
from app.papers import facts, queries
from app.papers.kinds import KINDS, Kind
from app.papers.phrases import clean, day, ended, listed
from app.papers.surveying import survey
from app.people.models import SUPERVISING, Person
from app.tasks.refusals import NotYet, NotYours
from app.units.models import Unit
from workflows.grammar import say

DECIDED = {"granted": "同意延期至{on}。", "refused": "不同意延期，请按原定时限完成整改。"}
DEMANDED = "请查明原因，采取有力措施，限期整改到位，并书面反馈办理情况。"
UNDECIDED = say("It gets its number when a leader has signed it; until then it is only a draft. Write it under Orders.")
COLOURS = {"blue": "蓝色", "yellow": "黄色", "orange": "橙色", "red": "红色"}


@dataclass(frozen=True)
class Gathered:
    """A paper before it has a number: which unit numbers it, of whom and of what it speaks, and what it says."""

    kind: Kind
    subject_id: int
    issuer: Unit
    about: Unit
    facts: dict[str, Any]
    tasks: tuple[int, ...] = field(default=())
    is_decided: bool = False  # a named person has signed what the paper is about

    @property
    def is_ripe(self) -> bool:
        """Whether it may have a number at all: what a person must decide first is only a draft until then."""
        return self.is_decided or not self.kind.is_decision

    @property
    def title(self) -> str:
        """What stands in the register."""
        return f"{self.kind.title}（{self.about.name}）"

    def may_number(self, person: Person) -> bool:
        """Whether she may give it a number: the issuing side its own papers, a unit its own report and requests."""
        if self.kind.side == "own":
            own = any(seat.unit_id == self.about.id for seat in person.seats)
            return own or (not self.about.has_account and person.supervises(self.about.path))
        return any(_issues(seat, self.issuer) for seat in person.seats)

    def must_be_numbered_by(self, person: Person) -> None:
        """Raise the sentence that says why it gets no number now, or none from her."""
        if not self.is_ripe:
            raise NotYet(UNDECIDED)
        if not self.may_number(person):
            raise NotYours(say("Numbers are given by the unit that issues the paper."))


def _issues(seat: Any, issuer: Unit) -> bool:
    leads = seat.kind == "leader" and issuer.path.startswith(seat.reach)
    return seat.kind in SUPERVISING and (seat.unit_id == issuer.id or leads)


def gather(kind: str, subject_id: int, viewer: Person, today: date, said: Mapping[str, str] = {}) -> Gathered | None:
    """What that paper would say; None when she may not see what it is about."""
    known = KINDS[kind]
    found = BY_SUBJECT[known.about](known, subject_id, viewer, today)
    if found is None:
        return None
    typed = {asked.name: clean(said.get(asked.name, ""))[:2000] for asked in known.asks}
    whole = {
        "day": day(today),
        "issuer": facts.full_name(found.issuer),
        "unit": found.about.name,
        "said": typed,
        **found.facts,
    }
    if kind == "order":
        whole["order"] = order(whole["f"], whole["visit"], typed, today)
    return Gathered(known, subject_id, found.issuer, found.about, whole, found.tasks)


def _of_visit(kind: Kind, subject_id: int, viewer: Person, today: date) -> Gathered | None:
    one = queries.finding(viewer, subject_id)
    if one is None or one.task.unit is None:
        return None
    found = queries.of_same_visit(viewer, one)
    told = facts.of_findings(found, today)
    pieces = [{**piece, "finding": f["number"]} for f in told for piece in f["evidence"]]
    said = {"visit": facts.of_visit(one.inspection), "findings": told, "count": len(told), "evidence": pieces,
            "tally": facts.tally(found, today)}  # fmt: skip
    return _about(kind, subject_id, one, said, found)


def _of_finding(kind: Kind, subject_id: int, viewer: Person, today: date) -> Gathered | None:
    one = queries.finding(viewer, subject_id)
    if one is None or one.task.unit is None:
        return None
    told = facts.of_finding(one, 1, today)
    late = f"（逾期{told['late_days']}天）" if told["late_days"] else ""
    said = {
        "f": told, "visit": facts.of_visit(one.inspection), "approvals": facts.approvals(one),
        "talk": {"minutes": "", "promise": ""},
        "matters": f"{told['text']}整改时限：{told['due']}{late}。目前状态：{told['state']}。",
        "supporters": listed(p.unit.name for p in one.task.parties if p.role == "supporter" and p.unit and not p.until),
    }  # fmt: skip
    return _about(kind, subject_id, one, said, [one])


def _about(kind: Kind, subject_id: int, one: Finding, said: dict[str, Any], found: Sequence[Finding]) -> Gathered:
    unit = one.task.unit
    assert unit is not None
    issuer = one.task.issuer_unit
    said["issuer"] = facts.full_name(issuer)
    return Gathered(kind, subject_id, unit if kind.side == "own" else issuer, unit, said,
                    tuple(finding.task_id for finding in found))  # fmt: skip


def _of_extension(kind: Kind, subject_id: int, viewer: Person, today: date) -> Gathered | None:
    asked = queries.extension(viewer, subject_id)
    one = queries.finding(viewer, asked.finding_id) if asked else None
    if asked is None or one is None:
        return None
    said = {"f": facts.of_finding(one, 1, today), "visit": facts.of_visit(one.inspection),
            "extension": of_extension(asked, one)}  # fmt: skip
    return _about(kind, subject_id, one, said, [one])


def of_extension(asked: Extension, one: Finding) -> dict[str, Any]:
    """The request and what became of it."""
    decision = DECIDED.get(asked.task.state, "").format(on=day(asked.granted_on))
    return {
        "count": 1 + sum(other.id < asked.id for other in one.extensions), "reason": ended(asked.reason),
        "progress": ended(asked.progress), "protection": ended(asked.protection),
        "proposed": day(asked.proposed_on), "granted": day(asked.granted_on), "decision": decision,
    }  # fmt: skip


def _of_unit(kind: Kind, subject_id: int, viewer: Person, today: date) -> Gathered | None:
    scope = queries.unit(viewer, subject_id)
    seat = next((s for s in viewer.seats if s.kind in SUPERVISING and scope and scope.path.startswith(s.reach)), None)
    issuer = queries.unit(viewer, seat.unit_id) if seat else None
    if scope is None or issuer is None:
        return None
    said = survey(queries.rows_within(viewer, scope.path), today).told()
    return Gathered(kind, subject_id, issuer, scope, {**said, "scope": scope.name})


def order(finding: dict[str, Any], visit: dict[str, Any], typed: Mapping[str, str], today: date,
          given: Mapping[str, str] = {}) -> dict[str, str]:  # fmt: skip
    """What a supervision order says; `given` are the facts of an order that stands in the records."""
    late = f"，已逾期{finding['late_days']}天" if finding["late_days"] else ""
    colour = typed.get("colour", "")
    said = {
        "matter": finding["text"], "source": f"{visit['name']}（{visit['day']}），问题编号{finding['number']}，"
        f"整改时限{finding['due']}{late}。", "supporters": "", "issued": day(today),
        "colour": COLOURS.get(colour, colour), "until": typed.get("limit", ""), "answer": "",
        "demand": typed.get("demand") or finding["demand"] or DEMANDED,
    }  # fmt: skip
    return said | {name: clean(value) for name, value in given.items()}


BY_SUBJECT: dict[str, Callable[[Kind, int, Person, date], Gathered | None]] = {
    "visit": _of_visit, "finding": _of_finding, "extension": _of_extension, "unit": _of_unit,
}  # fmt: skip
