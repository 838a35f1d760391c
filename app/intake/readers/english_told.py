"""One English item: what its labels, its brackets and its sentences say is amiss, to be done, by whom and until when."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from app.intake.readers import english_terms as terms
from app.intake.readers import english_values as values
from app.intake.readers import english_words as words
from app.intake.readers.english_values import person
from app.intake.readers.parts import Part
from app.intake.readers.rules import rule
from app.intake.reading import Link, ReadDate, ReadFinding, ReadMeasure
from workflows.grammar import say

LABEL = rule(
    r"(?i)(?:(?<=^)|(?<=[.;,)(\]\[|–-]\s)|(?<=[.;,)(\]\[|]))\s*(?:(?P<label>(?:action )?owner|action by|by whom|who|responsib(?:le|ility)(?: person| party| for action)?|person responsible|accountable|assigned to|assignee|lead|due(?: date| by)?|deadline|by when|when|by|target(?: completion)?(?: date)?|time ?(?:scale|frame|line|limit)|required by|close[- ]?out(?: by| date)?|complet(?:e|ion)(?: by| date)|(?:corrective |preventive |remedial |required |agreed |recommended |proposed |follow-?up )?actions?(?: required| taken| needed)?|recommendations?|measures?|rectification|remedy|response|management response|to do|status|risk(?: level| rating)?|priority|severity|location|area|place|evidence|reference|criteria|(?:root )?cause|effect|impact|consequence|implication|condition|finding|issue|problem|observation|deficiency|defect|hazard|non-?conformity|concern|description)\s*[:：]\s*|(?<=,\s)(?P<day>by|due|before|no later than)\s+(?=(?:end of |the )?[\dA-Z]))"
)
_KINDS = (
    ("owner", ("own", "resp", "assi", "action owner", "action by", "by whom", "who", "lead", "person", "account")),
    ("planned", ("due", "dead", "targ", "by", "before", "no later", "when", "complet", "time", "required by", "close")),
    (
        "told",
        (
            "status",
            "risk",
            "prior",
            "sever",
            "loca",
            "area",
            "place",
            "evid",
            "refer",
            "crit",
            "root",
            "cause",
            "eff",
            "imp",
            "conseq",
        ),
    ),
    (
        "problem",
        (
            "finding",
            "issue",
            "problem",
            "observ",
            "descr",
            "condit",
            "deficiency",
            "defect",
            "hazard",
            "non",
            "concern",
        ),
    ),
)
SENTENCES = rule(r"(?<=[a-zA-Z0-9)\]\"”%][.!?;])\s+(?=[A-Z0-9\"“(])")
_CLAUSES = rule(r"(?<=[a-zA-Z0-9)\]\"”%];)\s+(?=[a-z])")
_SAME_ITEM = say("The text puts the measure under this problem.")
Told = tuple[str, str, str]  # kind, label, value


class Found(NamedTuple):
    """A problem and what is to be done about it."""

    finding: ReadFinding
    measures: list[str]


def is_problem(raw: str) -> bool:
    """“Finding: …”: the label of what is amiss, and words behind it."""
    hit = LABEL.match(raw.strip())
    return hit is not None and _kind((hit["label"] or "").lower()) == "problem" and bool(raw[hit.end() :].strip())


def is_labelled(said: Sequence[str]) -> bool:
    """Whether what is amiss or what is to be done stands behind a label."""
    hits = [hit for one in said for hit in LABEL.finditer(one)]
    return any(_kind((hit["label"] or hit["day"]).lower()) in ("problem", "measure") for hit in hits)


def told_by(number: str, line: int, lines: Sequence[str], year: int | None, inside: bool) -> Found | None:
    """What an item says; None where it passed, or where nothing in it tells of a defect and no heading does."""
    whole = " ".join(
        [*(one if one.endswith((".", ";", ":")) else f"{one}." for one in lines[:-1]), *lines[-1:]]
    ).strip()
    hits = list(LABEL.finditer(whole))
    head = whole[: hits[0].start()].strip(" ;,(–-|[") if hits else whole
    told = _told(whole, hits)
    problem = next((said for kind, _, said in told if kind == "problem"), "")
    if problem and (not head or words.names_a_part(head.rstrip("."))):
        told.append(("told", "location", head.rstrip(".")))  # “Block B, science prep room” before “Finding: …”
        head = problem
    text, rest = _parted(head)
    if not text or words.has_passed(head) or not (inside or (words.is_defect(text) and not words.obliges(text))):
        return None
    measures = [rest] if rest else []
    measures += [one for kind, _, one in told if kind == "measure" and one]
    text, measures, owner, due = _who_and_when(text, measures, told, year)
    return Found(
        ReadFinding(
            text, number.strip(), owner=person(owner), owner_raw=owner, deadline=due.on if due else None,
            deadline_raw=due.raw if due else "", deadline_inferred=bool(due and due.inferred), line=line,
            extra={label: one for kind, label, one in told if kind == "told" and one},
        ),
        measures,
    )  # fmt: skip


def add(part: Part, found: Found | None) -> None:
    """Put a problem and its measures into the part."""
    if found is None:
        return
    at = len(part.findings)
    part.findings.append(found.finding)
    link = (Link(at, True, _SAME_ITEM),)
    part.measures += [ReadMeasure(said, links=link, line=found.finding.line) for said in found.measures]


def _who_and_when(
    text: str, measures: list[str], told: list[Told], year: int | None
) -> tuple[str, list[str], str, ReadDate | None]:
    """Owner and day from labels, else from what brackets or a dash put behind the measures or the problem."""
    text, behind = terms.behind(text, year)
    answers = [terms.behind(one, year) for one in measures]
    told_behind = [*(said for _, said in answers), behind]
    owner = next((said for kind, _, said in told if kind == "owner"), "") or next(
        (said.owner for said in told_behind if said.owner), ""
    )
    due = next((values.day(said, year) for kind, _, said in told if kind == "planned"), None)
    due = due or next((said.due for said in told_behind if said.due), None)
    due = due or next((found for one in measures if (found := values.deadline_in(one, year))), None)
    return text, [one for one, _ in answers if one], owner, due


def _told(whole: str, hits: list[re.Match[str]]) -> list[Told]:
    """What each value is, under which label, and the value."""
    ends = [*(hit.start() for hit in hits[1:]), len(whole)][: len(hits)]
    told = []
    for hit, end in zip(hits, ends, strict=True):
        label, said = hit["label"] or hit["day"], whole[hit.end() : end].strip(" .;,|(–-[")
        said = (
            said if said.count("(") >= said.count(")") and said.count("[") >= said.count("]") else said.rstrip(")] .")
        )
        kind = _kind(label.lower())
        told.append(("owner" if kind == "measure" and values.is_somebody(said) else kind, label, said))
    return told


def _kind(label: str) -> str:
    return next((kind for kind, begins in _KINDS if label.startswith(begins)), "measure")


def _parted(head: str) -> tuple[str, str]:
    """What is amiss, and from the first sentence that says what to do on, what is to be done."""
    sentences = SENTENCES.split(head)
    for at, one in enumerate(sentences):
        if at and words.is_action(one):
            return " ".join(sentences[:at]), " ".join(sentences[at:])
        amiss, *then = _CLAUSES.split(one, maxsplit=1)
        if then and words.is_action(then[0]):
            return " ".join([*sentences[:at], amiss]), " ".join([*then, *sentences[at + 1 :]])
    return head, ""
