"""Which part is counted: a unit with all below it, and from when to when; both stand in the address."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import urlencode

from app.findings.filters import days

YEAR = timedelta(days=365)


@dataclass(frozen=True)
class Scope:
    """A part of what is seen; `said` is the period as the address says it, empty for the last year."""

    day: date
    unit: str = ""
    said: str = ""

    @property
    def period(self) -> tuple[date, date]:
        """The first day and the last."""
        return days(self.said) or (self.day - YEAR, self.day)

    @property
    def spelled(self) -> str:
        """The period as a filter of the ledger."""
        first, last = self.period
        return f"{first.isoformat()}..{last.isoformat()}"

    @property
    def address(self) -> str:
        """The query string that leads here again."""
        return urlencode({name: value for name, value in (("unit", self.unit), ("period", self.said)) if value})


def read(args: Mapping[str, str], day: date) -> Scope:
    """The scope an address asks for; a period nobody can read is left out."""
    unit, said = (str(args.get(name, "")).replace("\x00", "").strip()[:80] for name in ("unit", "period"))
    first, last = args.get("first", ""), args.get("last", "")
    said = said or (f"{first}..{last}" if first and last else "")
    return Scope(day, unit, said if days(said) else "")
