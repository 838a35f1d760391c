"""One finding of the demo on its way, and those who take its steps."""

from __future__ import annotations

from datetime import datetime, timedelta
from io import BytesIO
from typing import Any

from app.clock import local
from app.db import db
from app.demo import pictures
from app.demo.ledger import ROWS, VISITS, Row
from app.demo.pictures import Camera
from app.evidence import actions as evidence
from app.evidence.receiving import receive_seen
from app.findings.models import Finding
from app.people.models import Person
from app.steps.actions import take

HEADS = {
    "QH-D1": "li",
    "QH-D2": "wang",
    "QH-D3": "qian",
    "QH-D4": "guo",
    "QH-X1": "feng",
    "QH-X2": "han",
    "QH-X3": "lu",
}
OWNERS = {"QH-D1": "zhang", "QH-D2": "zhao", "QH-X1": "deng"}


class Demo:
    """One finding on its way; the clock is moved by days, never by waiting."""

    def __init__(self, row: Row, finding: Finding, now: datetime, number: int) -> None:
        self.row, self.finding, self.now, self.number = row, finding, now, number
        self.shots = 0
        self.at = now - timedelta(days=row.found) + timedelta(hours=1 + number % 6)
        self.owner = someone(OWNERS.get(row.unit, HEADS[row.unit]))
        self.head = someone(HEADS[row.unit])
        self.inspector = someone(VISITS[row.visit][4])
        self.district = someone("guo" if row.unit.startswith("QH-D") else "ma")

    def later(self, days: int) -> datetime:
        """Let `days` pass, but never come past now."""
        self.at = min(self.at + timedelta(days=days), self.now - timedelta(minutes=60 - self.number))
        return self.at

    def recent(self, days: int) -> None:
        """Nothing happened until `days` ago, so that what waits has not waited too long."""
        self.at = max(self.at, self.now - timedelta(days=days))

    def step(self, name: str, actor: Person, days: int = 1, **given: Any) -> None:
        """Take a step some days later."""
        take(self.finding.task, name, actor, now=self.later(days), **given)

    def photo(self, kind: str, actor: Person, *, mended: bool, task: Any = None, camera: Camera | None = None) -> None:
        """Add a drawn photo of the place, with what a camera wrote into it."""
        shot = pictures.photo(self.row.seen, self.number, mended=mended, camera=camera, shot=self.shots)
        self._add(kind, actor, shot, mended, task)
        self.shots += mended

    def camera(self, days: int, away: float = 0.0, software: str = "") -> Camera:
        """A phone so many days after the visit, so many degrees north of where the unit stands."""
        unit = self.finding.task.unit
        at = local(self.now - timedelta(days=self.row.found - days))
        place = (unit.latitude + away, unit.longitude) if unit and unit.latitude and unit.longitude else None
        return Camera(at, place, software)

    def old_photo(self, actor: Person, task: Any) -> None:
        """Pass the photo of the damage off as one of how it looks now."""
        self._add("after", actor, pictures.sent_on(self.row.seen, self.number), True, task)

    def borrowed(self, actor: Person, task: Any, of: int) -> None:
        """Pass the photo off that another finding was closed with."""
        self._add("after", actor, pictures.sent_on(ROWS[of].seen, of, mended=True), True, task)

    def _add(self, kind: str, actor: Person, drawn: BytesIO, mended: bool, task: Any) -> None:
        name = f"{self.row.place}{'整改后' if mended else '现场'}.jpg"
        stored = receive_seen(drawn, name)
        evidence.add(task or self.finding.task, actor, kind, stored, now=self.later(0), caption=self.row.place)


def someone(login: str) -> Person:
    """The demo person with that login."""
    return db.session.query(Person).filter_by(login=login).one()
