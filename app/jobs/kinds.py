"""The kinds of long work, named by the rooms that know how to do them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from workflows.grammar import Sentence

if TYPE_CHECKING:
    from app.jobs.work import Work


@dataclass(frozen=True)
class Made:
    """What came of it: a file to fetch, a sentence, and what is written in the very transaction that ends the job."""

    path: Path | None = None
    name: str = ""
    media_type: str = "application/octet-stream"
    said: Sentence | None = None
    then: Callable[[], None] | None = None


@dataclass(frozen=True)
class Kind:
    """One kind of long work; its label is what the person reads."""

    name: str
    label: Any
    run: Callable[[Work], Made]


KINDS: dict[str, Kind] = {}


def long_work(name: str, label: Any) -> Callable[[Callable[[Work], Made]], Callable[[Work], Made]]:
    """Make a function a kind of job: it gets the `Work`, says now and then how far it is, and gives what it `Made`."""

    def known(run: Callable[[Work], Made]) -> Callable[[Work], Made]:
        KINDS[name] = Kind(name, label, run)
        return run

    return known
