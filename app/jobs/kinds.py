"""The kinds of long work, named by the rooms that know how to do them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from workflows.grammar import Sentence

if TYPE_CHECKING:
    from app.jobs.work import Work


@dataclass(frozen=True)
class Made:
    """What came of it: a file to fetch or records by name, a sentence, and what the transaction that ends it writes."""

    path: Path | None = None
    name: str = ""
    media_type: str = "application/octet-stream"
    said: Sentence | None = None
    then: Callable[[], None] | None = None
    came: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Kind:
    """One kind of long work; its label is what the person reads.

    Where no file comes of it, `leads` names the way on: words and address, from what was asked for and what came of it.
    """

    name: str
    label: Any
    run: Run
    leads: Leads | None = None


Run = Callable[["Work"], Made]
Leads = Callable[[dict[str, Any], dict[str, Any]], tuple[Any, str]]
KINDS: dict[str, Kind] = {}


def long_work(name: str, label: Any, leads: Leads | None = None) -> Callable[[Run], Run]:
    """Make a function a kind of job: it gets the `Work`, says now and then how far it is, and gives what it `Made`."""

    def known(run: Run) -> Run:
        KINDS[name] = Kind(name, label, run, leads)
        return run

    return known
