"""A day in the words of a problem itself, and none that only says when it ought to have been done."""

from __future__ import annotations

from datetime import date

from app.intake.readers import informal
from app.intake.readers.due import deadline_in
from app.intake.readers.lines import fold
from app.intake.reading import ReadDate


def of_it(whole: str, amiss: str, year: int | None, written: date | None) -> ReadDate | None:
    """A day in the sentence; one before the paper, in what is amiss, is when it ought to have been done."""
    due = deadline_in(whole, fold(whole), year)
    past = due is not None and due.on is not None and written is not None and due.on < written
    return None if past and deadline_in(amiss, fold(amiss), year) == due else due


def soon(demand: str) -> ReadDate | None:
    """“…，电工老詹今晚装回去”: a time that names no day."""
    said = informal.when(plain := fold(demand))
    at = plain.find(said)
    return ReadDate(demand[at : at + len(said)], None, "planned") if said else None
