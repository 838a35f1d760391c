"""Points lost: “扣分原因：校本教材没有，扣1分；坡道偏陡，扣1.5分”. What cost points is a finding, wherever it stands."""

from __future__ import annotations

from typing import NamedTuple

from app.intake.readers.lines import Line, clauses_of
from app.intake.readers.numbering import label_at_start
from app.intake.readers.rules import rule

_LOST = r"(?:扣|减|失|-|—)\s?\d+(?:\.\d+)?\s?分"
_COST = rule(rf"(?:[,、;:(]\s?)?(?:因此|故|本项|该项|此项|共|酌情)?{_LOST}\)?[;。,]?\s*$")
_WHY = rule(
    rf"^(?:.{{0,24}}?{_LOST})[,:(;]?\s*(?:扣分)?(?:原因|理由|事由|说明|依据|因为|因|主要是|系)?[:是为,]*\s*(?P<why>\S.{{3,}})$"
)
_LED = rule(r"^.*?(?:扣分|失分|减分)(?:原因|理由|事由|说明|情况|项目?|点)[:是为]\s*(?P<why>\S.*)$")
# What a scale says it would cost: “每缺一项扣1分”, “未开展的扣2分”.
_SCALE = rule(
    rf"每(?!学期|周|月|天|日|年|人|班|间).{{0,16}}{_LOST}|(?:的|者|则|即),?{_LOST}|扣完为止|最多{_LOST}|不扣分"
)


class Lost(NamedTuple):
    """What cost points, and the number of its item."""

    line: Line
    number: str


def taken(lines: list[Line]) -> tuple[list[Lost], list[Line]]:
    """What cost points, and the other lines; nothing unless points were lost at two places."""
    found = {at: lost for at, line in enumerate(lines) if "分" in line.plain and (lost := _lost(line))}
    if sum(map(len, found.values())) < 2:
        return [], lines
    kept = [line for at, line in enumerate(lines) if at not in found]
    return [one for at in sorted(found) for one in found[at]], kept


def _lost(line: Line) -> list[Lost]:
    labelled = label_at_start(line, {})
    words, number = (line.cut(labelled[1]), labelled[0].raw) if labelled else (line.cut(0), "")
    return [Lost(why, number) for clause in clauses_of(words) if (why := _why(clause))]


def _why(clause: Line) -> Line | None:
    if _SCALE.search(clause.plain):
        return None
    hit = _LED.match(clause.plain)
    words = clause.cut(hit.start("why")) if hit else clause
    if cost := _COST.search(words.plain):
        return words.cut(0, cost.start()) if cost.start() > 3 else None
    behind = _WHY.match(words.plain)
    return words.cut(behind.start("why")) if behind else None
