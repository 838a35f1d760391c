"""Labelled values: 责任人:… 整改时限:… 问题1:… on lines of their own, at the end of a line or in brackets."""

from __future__ import annotations

import re
from dataclasses import dataclass

from app.intake.readers import terms
from app.intake.readers.labels import KIND_OF
from app.intake.readers.lines import Line, fold
from app.intake.readers.rules import rule
from app.intake.readers.worth import is_a_status

_WORDS = "|".join(sorted(KIND_OF, key=len, reverse=True))
_NUMBER = r"(?:[一二三四五六七八九十]{1,3}|\d{1,3}|[①-⑳])"
_FIELD = rule(
    rf"(?<![\u4e00-\u9fff])(?P<label>{_WORDS})\s?(?P<number>{_NUMBER})?\s?(?:\([^()\n]{{0,12}}\))?\s{{0,3}}:"
    r"|(?P<late>责任人|整改责任人|责任单位|责任部门|整改时[间限]|整改期限|完成时[间限]"
    r"|整改措施|整改情况)\s{0,3}:"
)
_OPEN = rule(rf"(?P<label>{_WORDS})\s?(?P<number>{_NUMBER})?(?:[\s、.]+(?=\S)|$)")
_NUMBERED = rule(
    rf"(?P<open>\[)?(?P<label>{_WORDS}|问题|隐患)\s?[(]?(?P<number>{_NUMBER})[)]?\s?(?(open)\]:?\s*|(?:[、.,:\s]\s*|$))"
)
_TERMS = ("planned", "done", "unknown", "owner", "leader", "unit", "partner")
_USUAL = {"owner": "责任人", "unit": "责任单位", "planned": "整改时限"}
_STOP = rule(r"[。;\n]|,(?=限|要求|请|务必|\d{1,2}月|20\d\d)")


@dataclass(frozen=True)
class Field:
    """One labelled value; `number` is the one in the label itself (问题2:)."""

    kind: str
    label: str
    number: str
    value: Line


def _named(hit: re.Match[str]) -> tuple[str, str]:
    words = hit.groupdict()
    return words.get("label") or words.get("late") or "", words.get("number") or ""


def _opening(line: Line) -> re.Match[str] | None:
    numbered = _NUMBERED.match(line.plain)
    if numbered:
        return numbered
    bare = _OPEN.match(line.plain)
    if bare and KIND_OF[bare["label"]] not in ("problem", "measure", "demand", "target", "cause", "other"):
        return bare
    return None


def _hits(line: Line) -> list[re.Match[str]]:
    found = list(_FIELD.finditer(line.plain)) if ":" in line.plain else []
    opening = _opening(line)
    if opening and not (found and found[0].start() == 0):
        found.insert(0, opening)
    return [hit for place, hit in enumerate(found) if not place or hit.start() >= found[place - 1].end()]


def fields_of(line: Line) -> tuple[Line, list[Field]]:
    """The words before and between the labelled values, and the values."""
    if (parts := terms.dashed(line)) is not None:
        return parts[0], [*_as_measures(parts[1]), *terms_as_fields(parts[2])]
    line, told = terms.in_brackets(line) if line.plain[-3:].rstrip("。;,. ").endswith(")") else (line, [])
    head, fields = _labelled(line)
    if not fields and not told:
        head, told = terms.at_the_end(head)
    if not fields and not told and (owner := terms.owner_in(line)):
        told = [owner]
    return head, fields + terms_as_fields(told)


def _as_measures(parts: list[Line]) -> list[Field]:
    return [Field("measure", "整改措施", "", part) for part in parts]


def terms_as_fields(told: list[terms.Term]) -> list[Field]:
    """Who and until when, said without a label, under the label that is usual."""
    return [Field(kind, label or _USUAL[kind], "", value) for kind, label, value in told]


def _labelled(line: Line) -> tuple[Line, list[Field]]:
    hits = _hits(line)
    if not hits:
        return line, []
    head, rest, fields = line.cut(0, hits[0].start()), "", []
    for hit, end in zip(hits, [later.start() for later in hits[1:]] + [len(line.plain)], strict=True):
        label, number = _named(hit)
        value = line.cut(hit.end(), end)
        if KIND_OF[label] in _TERMS and (stop := _STOP.search(value.plain)):
            rest += value.raw[stop.end() :].strip(" ）)")
            value = value.cut(0, stop.start())
        fields.append(_field(label, number, value))
    head = _unopened(head)
    if rest and not head.plain:
        fields.append(Field("other", "其他", "", Line(line.number, rest, fold(rest))))
    elif rest:
        head = Line(head.number, head.raw + rest, head.plain + rest)
    return head, fields


def _field(label: str, number: str, value: Line) -> Field:
    """A measure that only says how far it is (“整改结果：已完成”) is told as such and is no measure."""
    kind = KIND_OF[label]
    if kind == "measure" and value.plain and is_a_status(value.plain):
        kind = "other"
    return Field(kind, label, number, value if kind in ("problem", "measure") else _unclosed(value))


def _unopened(head: Line) -> Line:
    bare = head.plain.rstrip(" (;,[")
    return head.cut(0, len(bare))


def _unclosed(value: Line) -> Line:
    bare = value.plain.rstrip(" ;,")
    while bare.endswith((")", ")。", "]")) and bare.count("(") < bare.count(")") + bare.count("]"):
        bare = bare.rstrip("。")[:-1].rstrip(" ;,")
    return value.cut(0, len(bare))
