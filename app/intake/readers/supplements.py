"""What is added below a table: “补充：当日夜间，保安发现后门封死，无法开启。拟于6月20日前改造，责任人：…”."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from app.intake.readers import observing
from app.intake.readers.blocks import fields_of
from app.intake.readers.entries import Entry
from app.intake.readers.lines import Line
from app.intake.readers.rules import rule

_ADDED = rule(
    r"\s*(?:补充(?:说明)?|另外?|此外|附记)\s?[:,]\s?(?P<said>(?:[^。;:]{0,30}?[^未没无,。;:])?(?<!未)(?:还|又)?发现(?!的)(?:有|了)?[:,]?\s?)"
)
_END = rule(r"[。;!]")


def read(lines: Sequence[Line], known: Collection[int]) -> list[Entry]:
    """Each problem that is added, with what the same paragraph says is to be done; `known` are lines that told of one."""
    made: list[Entry] = []
    for line in lines:
        hit = _ADDED.match(line.plain) if line.number not in known else None
        if hit and observing.may_be_seen(_first(line.cut(hit.start("said"))).plain):
            made += _problem(line.cut(hit.end()))
    return made


def _first(words: Line) -> Line:
    end = _END.search(words.plain)
    return words.cut(0, end.end()) if end else words


def _problem(words: Line) -> list[Entry]:
    seen = _first(words)
    rest = words.cut(len(seen.plain))
    if not observing.is_seen(seen.plain):
        return []
    found = Entry("finding", words.number, None, [seen.raw])
    head, found.fields = fields_of(rest)
    if not head.plain:
        return [found]
    return [found, Entry("measure", words.number, None, [head.raw], answers=found)]
