"""What the ledger is narrowed to: all of it stands in the address."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from datetime import date
from urllib.parse import urlencode

from workflows.book import TRACKS, WEIGHTS, WORKFLOWS
from workflows.rungs import KINDS

SIZES = (20, 50, 100)
STATES = tuple((state.name, state.label) for state in WORKFLOWS["finding"].states)
LIGHTS = ("overdue", "today", "soon", "week", "returned")
CHOICES = {
    "state": {name for name, _label in STATES} | {"all", "valid"},
    "light": set(LIGHTS),
    "mine": {"1"},
    "weight": dict(WEIGHTS),
    "track": {*dict(TRACKS), "dated"},
    "size": {str(size) for size in SIZES},
    "age": {"0-7", "8-30", "31-90", "90-"},
    "wait": {"late", "14", "30", "90", "vacant", "headless"},
    "returns": {"1", "2"},
    "rung": {"none", *KINDS},
    "hints": {"1"},
    "recurs": {"1"},
    "kept": {"due", "granted", "due-first", "first"},
    "verified": {"1", "first"},
}


@dataclass(frozen=True)
class Filters:
    """One view of the ledger; empty means everything open."""

    state: str = ""
    unit: str = ""
    light: str = ""
    mine: str = ""
    category: str = ""
    weight: str = ""
    track: str = ""
    inspection: str = ""
    q: str = ""
    clause: str = ""
    age: str = ""
    wait: str = ""
    returns: str = ""
    rung: str = ""
    hints: str = ""
    recurs: str = ""
    kept: str = ""
    verified: str = ""
    issued: str = ""
    closed: str = ""
    size: str = "50"
    after: str = ""

    @property
    def limit(self) -> int:
        """Rows a page."""
        return int(self.size)

    @property
    def cursor(self) -> tuple[date, int] | None:
        """Where the page before ended; None when the address says nothing readable."""
        day, _dot, number = self.after.partition(".")
        try:
            key = date.fromisoformat(day), int(number)
        except ValueError:
            return None
        return key if 0 <= key[1] < 2**31 else None

    @property
    def narrowed(self) -> int:
        """How many filters are set."""
        return sum(bool(v) for k, v in asdict(self).items() if k not in ("size", "after"))

    def address(self, **changed: str) -> str:
        """The query string of this view with some of it changed."""
        said = asdict(self) | changed
        return urlencode({k: v for k, v in said.items() if v and (k, v) != ("size", "50")})


def read(args: Mapping[str, str]) -> Filters:
    """The view an address asks for; what it does not know is left out."""
    said = {f.name: str(args.get(f.name, "")).replace("\x00", "").strip()[:80] for f in fields(Filters)}
    return Filters(**{k: v for k, v in said.items() if v and (k not in CHOICES or v in CHOICES[k])})


def days(said: str) -> tuple[date, date] | None:
    """The first and the last day of `2026-03-02..2026-03-08`; None when it says nothing readable."""
    first, _dots, last = said.partition("..")
    try:
        found = date.fromisoformat(first), date.fromisoformat(last)
    except ValueError:
        return None
    return found if found[0] <= found[1] else None
