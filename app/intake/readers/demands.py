"""An item that names several defects, each with what is asked for: “…未一用一换，应…；内壁有锈斑，建议…”."""

from __future__ import annotations

from dataclasses import replace

from app.intake.readers import acts, observing
from app.intake.readers.blocks import Field
from app.intake.readers.entries import Entry, named_before
from app.intake.readers.judging import has_passed, sounds_like_an_act
from app.intake.readers.lines import Line, clauses_of
from app.intake.readers.rules import rule

_PLACE = rule(r"(?P<place>[^,;。:]{2,16}):\s*(?=\S)")


def parted(entry: Entry) -> list[Entry]:
    """One item for each defect when every part has a demand of its own; else the item as it is."""
    if entry.fields or entry.children or len(entry.text) < 14:
        return [entry]
    place, whole, words = named_before(entry, _PLACE)
    named = [Field("other", "部位", "", whole.cut(0, place.end("place")))] if place else []
    clauses = clauses_of(words)
    if not entry.label and not entry.number and len(clauses) > 1 and _are_a_list([one.plain for one in clauses]):
        return [replace(entry, parts=[one.raw], fields=list(named)) for one in clauses]
    own = [not has_passed(one.plain) and not sounds_like_an_act(one.plain) and bool(_asked(one)) for one in clauses]
    if len(clauses) < 2 or not all(own):
        return [entry]
    return [replace(entry, parts=[one.raw], fields=list(named)) for one in clauses]


def _are_a_list(plains: list[str]) -> bool:
    """Most parts tell of something amiss, and none asks for anything or says that all is well."""
    seen = sum(observing.is_seen(plain) for plain in plains)
    return seen * 5 >= 3 * len(plains) and all(observing.may_be_seen(plain) for plain in plains)


def _asked(clause: Line) -> str:
    """What is asked for behind a comma: a demand at the very beginning goes on with what was said before."""
    return acts.split(clause.plain)[1]
