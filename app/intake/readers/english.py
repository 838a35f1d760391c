"""Lists in English: “1. Fire door wedged open. Owner: Dana Orlowe. Due: 31 March 2026”, under Findings or Issues."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise

from app.intake.readers import english_values as values
from app.intake.readers import english_words as words
from app.intake.readers.english_values import person
from app.intake.readers.lines import Line
from app.intake.readers.parts import Part
from app.intake.readers.rules import rule
from app.intake.reading import Link, ReadDate, ReadFinding, ReadMeasure
from workflows.grammar import say

_HAN = rule(r"[\u4e00-\u9fff]")
_ITEM = rule(
    r"\s*(?P<number>\(?[0-9]{1,3}(?:\.\d{1,2})?[.)]|[0-9]{1,2}\.\d{1,2}|\(?[a-zA-Z][.)]|\(?[ivx]{1,4}\)|[-*•–·▪●]|(?:finding|issue|item|problem|observation|nc|ncr|no\.?|#)\s?#?\d{1,3}\s*[:.)–-]?)\s+(?P<words>\S.*)",
    re.IGNORECASE,
)
_LABEL = rule(
    r"(?i)(?:(?<=^)|(?<=[.;,)(\]|–-]\s)|(?<=[.;,)(]))\s*(?:(?P<label>(?:action )?owner|action by|by whom|who|responsib(?:le|ility)(?: person| party| for action)?|assigned to|lead|due(?: date| by)?|deadline|by when|when|by|target(?: date)?|complet(?:e|ion)(?: by| date)|(?:corrective |required |agreed |recommended |proposed )?actions?(?: required| taken)?|recommendations?|measures?|remedy|response|management response|status|risk(?: level| rating)?|priority|severity|location|area|evidence|reference|criteria|(?:root )?cause|effect|impact|consequence|implication|condition|finding|issue|problem|observation|description)\s*[:：]\s*|(?<=,\s)(?P<day>by|due|before|no later than)\s+(?=(?:end of |the )?[\dA-Z]))"
)
# “F1 (High)”: the sign of a record whose lines all have labels.
_RECORD = rule(r"\s*(?P<number>[A-Z]{1,4}[-.]?\d{1,3}(?:\.\d{1,2})?)[.:]?\s*(?:[(\[–-]\s?[A-Za-z ]{3,16}[)\]]?)?\s*")
_KINDS = (
    ("owner", ("own", "resp", "assi", "action owner", "action by", "by whom", "who", "lead")),
    ("planned", ("due", "dead", "targ", "by", "before", "no later", "when", "complet")),
    (
        "told",
        (
            "status",
            "risk",
            "prior",
            "sever",
            "loca",
            "area",
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
    ("problem", ("finding", "issue", "problem", "observ", "descr", "condit")),
)
_SENTENCES = rule(r"(?<=[a-zA-Z0-9)\]\"”%][.!?;])\s+(?=[A-Z0-9\"“(])")
_SAME_ITEM = say("The text puts the measure under this problem.")


@dataclass
class Item:
    """What stands behind one number, line after line."""

    number: str
    line: int
    said: list[str] = field(default_factory=list)

    @property
    def named(self) -> bool:
        """“Finding 1:” says itself what it is, wherever it stands."""
        return self.number[:1].isalpha() and (len(self.number) > 4 or self.number[-1:].isdigit())


def is_english(lines: list[Line]) -> bool:
    """Whether there are sentences, and hardly a Chinese character."""
    joined = "".join(line.plain for line in lines)[:100_000]
    if len(_HAN.findall(joined)) * 50 >= len(joined):
        return False
    return sum(bool(_ITEM.match(line.plain)) for line in lines) > 1 or len(re.findall(r"[a-z]{2,}", joined)) > 30


def read(lines: list[Line], part: Part) -> None:
    """Add the items below a heading of findings; where no heading opens them, those that tell of a defect."""
    year = part.year or values.year_of([line.raw for line in lines])
    opened = any(words.opens(line.raw) for line in lines if not _ITEM.match(line.plain))
    before = len(part.findings)
    for item, inside in _items(lines):
        if inside or not opened or item.named:
            _add(item, part, year, inside)
    if len(part.findings) == before:
        _sentences(lines, part)


def _items(lines: list[Line]) -> list[tuple[Item, bool]]:
    """Every item with what stands below it, and whether a heading of findings is open."""
    items: list[tuple[Item, bool]] = []
    inside, current = False, False
    held = [line for line in lines if line.plain.strip()]
    for line, below in pairwise([*held, Line(0, "", "")]):
        hit, raw = _ITEM.match(line.plain), line.raw.strip()
        record = _RECORD.fullmatch(line.plain)
        if record and _LABEL.match(below.raw.strip()):
            items.append((Item(record["number"], line.number), inside))
            current = True
        elif hit and not _only_names(hit):
            items.append((Item(hit["number"], line.number, [line.raw[hit.start("words") :].strip()]), inside))
            current = True
        elif current and (_LABEL.match(raw) or line.plain[:1].isspace() or raw[:1].islower()):
            items[-1][0].said.append(raw)
        elif words.opens(raw) or words.closes(raw) or (hit and words.opens(hit["words"])):
            inside, current = not words.closes(raw) or words.opens(raw), False
        else:
            current = False
    return items


def _only_names(hit: re.Match[str]) -> bool:
    """“A. Work at height” names a part; “Finding 1: Leave records” and what stands behind a dash are items."""
    counted = hit["number"][0].isdigit() or len(hit["number"]) < 4
    if not counted or hit["number"][0] in "-*•–·▪●" or _LABEL.search(hit["words"]):
        return False
    return words.names_a_part(hit["words"])


def _add(item: Item, part: Part, year: int | None, inside: bool) -> None:
    whole = (
        " ".join(one if one.endswith((".", ";", ":")) else f"{one}." for one in item.said[:-1]) + " " + item.said[-1]
    )
    whole = whole.strip()
    hits = list(_LABEL.finditer(whole))
    head = whole[: hits[0].start()].strip(" ;,(–-|") if hits else whole
    told = _told(whole, hits)
    said_of = next((said for kind, _, said in told if kind == "problem"), "")
    head = said_of if said_of and (not head or words.names_a_part(head.rstrip("."))) else head
    text, rest = _parted(head)
    if (
        not text
        or words.has_passed(head)
        or not (inside or said_of or (words.is_defect(text) and not words.obliges(text)))
    ):
        part.passed += 1
        return
    measures = [rest] if rest else []
    measures += [said for kind, _, said in told if kind == "measure" and said]
    owner = next((said for kind, _, said in told if kind == "owner"), "")
    due = _due(told, measures, year)
    at = len(part.findings)
    part.findings.append(ReadFinding(
        text, item.number, owner=person(owner), owner_raw=owner, deadline=due.on if due else None,
        deadline_raw=due.raw if due else "", deadline_inferred=bool(due and due.inferred), line=item.line,
        extra={label: said for kind, label, said in told if kind == "told" and said},
    ))  # fmt: skip
    part.measures += [ReadMeasure(said, links=(Link(at, True, _SAME_ITEM),), line=item.line) for said in measures]


def _told(whole: str, hits: list[re.Match[str]]) -> list[tuple[str, str, str]]:
    """What each value is, under which label, and the value."""
    ends = [*(hit.start() for hit in hits[1:]), len(whole)][: len(hits)]
    told = []
    for hit, end in zip(hits, ends, strict=True):
        label, said = hit["label"] or hit["day"], whole[hit.end() : end].strip(" .;,)|(–-")
        kind = _kind(label.lower())
        told.append(("owner" if kind == "measure" and values.is_somebody(said) else kind, label, said))
    return told


def _kind(label: str) -> str:
    return next((kind for kind, begins in _KINDS if label.startswith(begins)), "measure")


def _parted(head: str) -> tuple[str, str]:
    """What is amiss, and from the first sentence that says what to do on, what is to be done."""
    sentences = _SENTENCES.split(head)
    for at, one in enumerate(sentences[1:], 1):
        if words.is_action(one):
            return " ".join(sentences[:at]), " ".join(sentences[at:])
    return head, ""


def _due(told: list[tuple[str, str, str]], measures: list[str], year: int | None) -> ReadDate | None:
    if labelled := next((values.day(said, year) for kind, _, said in told if kind == "planned"), None):
        return labelled
    return next((due for one in measures if (due := values.deadline_in(one, year))), None)


def _sentences(lines: list[Line], part: Part) -> None:
    """A letter without any list: the sentences that tell of a defect, none that asks or plans."""
    for line in lines:
        for one in _SENTENCES.split(line.raw.strip()):
            if len(one) > 20 and words.is_defect(one) and not words.is_action(one) and _SEEN.search(one):
                part.findings.append(ReadFinding(one, line=line.number))


_SEEN = rule(
    r"(?i)\b(?:we (?:found|noted|saw|observed)|(?:was|were|is|are|had|has been|have been) (?:found|not|still|missing|broken|damaged|blocked|overdue|expired|unlocked|left|cracked|torn|worn|loose|leaking|stored|wedged|propped|out of|dirty|unsafe|unsecured|exposed)|there (?:was|were|is|are) no|lacked|lacks)\b"
)
