"""Items behind a dash or a dot: counted from one in every run, so that the rules see a numbered list."""

from __future__ import annotations

import re
from collections.abc import Sequence

from app.intake.readers.lines import Line
from app.intake.readers.rules import rule

_BULLET = rule(r"\s*(?P<sign>[-*•·‣→➔➜—–](?=—?\s)|[●◆▪◇★☆▲■►▶➤→➔➜•])—?\s*(?=\S)")
_MOST = 20  # there are signs for so many


def counted(lines: list[Line]) -> list[Line]:
    """The same lines; the first sign of those in a run of two or more is a number to the rules."""
    hits = [_BULLET.match(line.plain) for line in lines]
    out, run = list(lines), list[int]()
    least = 1 if sum(map(bool, hits)) > 2 else 2
    for at in range(len(lines) + 1):
        if at < len(lines) and hits[at]:
            run.append(at)
        elif at == len(lines) or lines[at].plain.strip():
            _count(out, run if len(run) >= least else [], hits)
            run = []
    return out


def _count(lines: list[Line], run: list[int], hits: Sequence[re.Match[str] | None]) -> None:
    if not 0 < len(run) <= _MOST:
        return
    for number, at in enumerate(run):
        hit, plain = hits[at], lines[at].plain
        place = hit.start("sign") if hit else 0
        lines[at] = Line(lines[at].number, lines[at].raw, plain[:place] + chr(0x2460 + number) + plain[place + 1 :])
