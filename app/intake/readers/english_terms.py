"""Who and until when, put behind an English sentence without labels: “(Site Manager, 48 hours)”, “– Ann Kerr, 20 May”."""

from __future__ import annotations

from typing import NamedTuple

from app.intake.readers import english_values as values
from app.intake.readers.rules import rule
from app.intake.reading import ReadDate

_TAIL = rule(
    r"\s*(?:\((?P<round>[^()]{2,80})\)|\[(?P<square>[^\[\]]{2,80})\]|\s[-–—]\s(?P<dash>[^–—().;:]{3,60}))[.;]?\s*$"
)
_PIECES = rule(r"\s*[,;/|–—]\s*|\s-\s|\s+(?=by\s+\d|by\s+(?:the\s+)?end\b|before\s+\d)")


class Behind(NamedTuple):
    """The owner as written and the day; empty and None where nobody and none is named."""

    owner: str = ""
    due: ReadDate | None = None


def behind(sentence: str, year: int | None) -> tuple[str, Behind]:
    """The sentence without what names owner and day at its end, and both; all of it or nothing."""
    hit = _TAIL.search(sentence)
    if hit is None:
        return sentence, Behind()
    name = hit.lastgroup or ""
    said = _terms(hit[name], year, sure=name == "square" or sentence[: hit.start()].rstrip().endswith((".", ";")))
    return (sentence[: hit.start()].rstrip(), said) if said else (sentence, Behind())


def _terms(words: str, year: int | None, sure: bool) -> Behind | None:
    """Every piece must be somebody or a day; a role alone is only somebody where a sentence ended before it."""
    owners, due = list[str](), None
    for piece in filter(None, _PIECES.split(words)):
        if (found := values.alone(piece, year)) is not None:
            due = due or found
        elif values.person(piece) or values.is_role(piece):
            owners.append(piece)
        else:
            return None
    owner = " / ".join(owners)
    return Behind(owner, due) if due or (owner and (sure or values.person(owner))) else None
