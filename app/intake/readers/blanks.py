"""Labels without a colon: “存在问题 食堂地面湿滑”, “【责任单位】总务处”; the rules then see one."""

from __future__ import annotations

import re

from app.intake.readers.labels import KIND_OF
from app.intake.readers.lines import Line
from app.intake.readers.rules import rule

_WORDS = "|".join(sorted(KIND_OF, key=len, reverse=True))
_BLANK = rule(rf"\s*(?P<label>{_WORDS})(?P<gap>\s+)(?=\S)|\s*(?P<bare>{_WORDS})\s*$")
_INSIDE = rule(rf"\[(?P<label>{_WORDS})\](?!:)")
_FRAMED = rule(rf"\[(?P<label>{_WORDS}|[\u4e00-\u9fff]{{2,6}})\]\s?:?")


def with_colons(lines: list[Line]) -> list[Line]:
    """The same lines; where a text is written in such labels, a colon stands behind each."""
    framed = [_unframed(line) if "[" in line.plain else _squeezed(line) for line in lines]
    hits = [(at, hit) for at, line in enumerate(framed) if (hit := _BLANK.match(line.plain)) and hit["label"]]
    kinds = {KIND_OF[hit["label"]] for _, hit in hits}
    answers = "measure" in kinds and bool(kinds & {"owner", "planned", "unknown"})
    if len(hits) < 4 or len(kinds) < 3 or not ("problem" in kinds or answers):
        return framed
    out = list(framed)
    for at, hit in hits:
        out[at] = _with_colon(framed[at], hit.end("label"))
    return out


def _with_colon(line: Line, at: int) -> Line:
    return Line(line.number, line.raw, line.plain[:at] + ":" + line.plain[at + 1 :])


def _unframed(line: Line) -> Line:
    """“【问题】围栏破损。【责任人】冷玉衡”: the frames become colons, those of labels wherever they stand."""
    hit = _FRAMED.match(line.plain.lstrip())
    lead = len(line.plain) - len(line.plain.lstrip())
    plain = line.plain
    if hit and hit["label"] not in KIND_OF and not line.plain[lead + hit.end() :].strip():
        return line  # “【成品库】” names a place or a part, and stands before no value
    if hit and (hit["label"] in KIND_OF or not _INSIDE.search(plain, lead + 1)):
        plain = plain[:lead] + " " + hit["label"] + ":" + plain[lead + len(hit["label"]) + 2 :]
    return Line(line.number, line.raw, _INSIDE.sub(lambda inside: f" {inside['label']}:", plain))


def _squeezed(line: Line) -> Line:
    """“存 在 问 题”: the blanks of a bad scan, where nearly every sign has one behind it."""
    if line.plain.count(" ") < 2:
        return line
    words = re.findall(r"[\u4e00-\u9fff]", line.plain)
    if len(words) < 4 or len(re.findall(r"[\u4e00-\u9fff] (?=\S)", line.plain)) * 2 < len(words):
        return line
    kept = [at for at, sign in enumerate(line.plain) if sign != " "]
    return Line(line.number, "".join(line.raw[at] for at in kept), "".join(line.plain[at] for at in kept))
