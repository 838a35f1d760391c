"""What a measure asks to be shown by, what of it is there, and what is missing: said, never in the way."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from app.evidence.models import PROOFS
from app.words import joined, told
from workflows.grammar import Sentence, say


def checklist(asked: Sequence[str], pieces: Iterable[Any]) -> list[dict[str, Any]]:
    """Each kind that is asked for, in words, and how many pieces of it stand."""
    counts = Counter(piece.proof for piece in pieces)
    return [{"proof": proof, "label": PROOFS[proof], "count": counts[proof]} for proof in asked]


def lacking(checked: Iterable[dict[str, Any]]) -> Sentence | None:
    """What is still missing, as a sentence; None when nothing is."""
    missing = [told(one["label"]) for one in checked if not one["count"]]
    return say("Asked for and not there yet: %(kinds)s.", kinds=joined(missing)) if missing else None


def as_json(checked: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """The same for machines."""
    return [{"proof": one["proof"], "label": told(one["label"]), "count": one["count"]} for one in checked]
