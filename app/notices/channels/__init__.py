"""The ways out of the house under one contract: a carrier takes a letter and returns, or says why it did not."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from workflows.grammar import Sentence


@dataclass(frozen=True)
class Line:
    """One thing that happened: never more of a finding than number, title and unit."""

    what: str
    number: str
    title: str
    unit: str
    due: str
    url: str
    at: str
    people: tuple[str, ...] = ()


@dataclass(frozen=True)
class Letter:
    """A message as its receiver reads it, in her language."""

    number: int
    kind: str
    made_at: datetime
    to: str
    name: str
    locale: str
    subject: str
    intro: tuple[str, ...]
    lines: tuple[Line, ...]
    more: str
    home: str
    again: bool = False
    leave: str = ""
    facts: tuple[str, ...] = field(default=())

    @property
    def mark(self) -> str:
        """The number that stands in the text, so that two copies are known as one."""
        return f"R{self.number:06d}"


class NotSent(Exception):
    """It did not go out: `why` is what the administrator reads; addresses and secrets never stand in it.

    `in_doubt` says that it may have arrived all the same; `rests` for how many seconds nothing else is tried there.
    """

    def __init__(self, why: Sentence, *, in_doubt: bool = False, rests: float = 0) -> None:
        super().__init__(str(why))
        self.why, self.in_doubt, self.rests = why, in_doubt, rests


class Carrier(Protocol):
    """One channel: `spacing` is the least number of seconds between two letters."""

    spacing: float

    def carry(self, letter: Letter, now: datetime) -> None:
        """Bring it there, within the time limit, or raise NotSent."""
