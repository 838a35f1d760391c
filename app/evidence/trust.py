"""What a photo proves by its own file: when, where, with what; consistent, silent or in contradiction, and why."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from app.clock import day_of, local
from app.evidence.models import Evidence
from app.evidence.traces import PhotoFacts
from app.units.models import Unit
from workflows.grammar import Sentence, say

CONSISTENT, SILENT, CONTRADICTS, LOOKING, BROKEN = "consistent", "silent", "contradicts", "looking", "broken"
TONES = {CONSISTENT: "done", SILENT: "idle", CONTRADICTS: "late", LOOKING: "waiting", BROKEN: "late"}
LABELS = {
    CONSISTENT: say("Its file agrees"), SILENT: say("Its file says nothing"),
    CONTRADICTS: say("Its file contradicts"), LOOKING: say("Being looked at"), BROKEN: say("Cannot be opened"),
}  # fmt: skip
CLOCKS_DIFFER = timedelta(days=1)  # a phone set to another zone is not a lie
FAR = 2.0  # km from where the unit stands: grounds are large and phones guess
EARTH = 6371.0  # km
NOT_YET = say("Neither its file nor pictures like it have been looked at yet. Open this page again in a moment.")
ASK_ANEW = say("This picture cannot be opened: ask for another. Its file is kept as received, and proves nothing.")
EDITORS = re.compile(
    r"photoshop|lightroom|gimp|snapseed|picsart|pixlr|canva|meitu|美图|醒图|轻颜|pixelmator|affinity|paint\.net|photopea",
    re.IGNORECASE,
)
SCREENS = re.compile(r"screen[ _-]?shot|截屏|截图", re.IGNORECASE)


@dataclass(frozen=True)
class Trust:
    """The verdict on a photo, the sentences why, and what its file says beside."""

    verdict: str
    why: list[Sentence]
    says: list[Sentence]

    @property
    def label(self) -> Sentence:
        """The verdict in words."""
        return LABELS[self.verdict]

    @property
    def tone(self) -> str:
        """How it is coloured; silence is neutral."""
        return TONES[self.verdict]


def judged(piece: Evidence, found_on: date | None, unit: Unit | None) -> Trust | None:
    """What the file of a photo is worth, or that it is still being looked at; None for what is no photo."""
    if piece.is_due:
        return Trust(LOOKING, [NOT_YET], [])
    if piece.is_broken:
        return Trust(BROKEN, [ASK_ANEW], [])
    facts = piece.facts
    if facts is None:
        return None
    against = [*_too_early(piece, facts, found_on), *_too_late(piece, facts), *_elsewhere(facts, unit), *_edited(facts)]
    if against:
        return Trust(CONTRADICTS, against, _says(facts, unit))
    silence = _silent(piece, facts)
    if silence:
        return Trust(SILENT, [silence], _says(facts, unit))
    return Trust(CONSISTENT, _between(piece, found_on), _says(facts, unit))


def _silent(piece: Evidence, facts: PhotoFacts) -> Sentence | None:
    """What it cannot tell, said without blame; a screenshot has the hour of the screen, not of the camera."""
    if SCREENS.search(piece.name) or SCREENS.search(facts.software):
        return say("A screenshot: it does not tell when and where the picture on it was taken.")
    if facts.taken_at is None and facts.latitude is None:
        return say("It says neither when nor where it was taken. Photos sent on by chat programmes are like that.")
    return None if facts.taken_at else say("It does not say when it was taken.")


def _between(piece: Evidence, found_on: date | None) -> list[Sentence]:
    if piece.kind != "after" or not found_on:
        return []
    return [say("Taken between the day it was found, %(found)s, and the day it was sent, %(sent)s.",
                found=found_on.isoformat(), sent=day_of(piece.uploaded_at).isoformat())]  # fmt: skip


def _too_early(piece: Evidence, facts: PhotoFacts, found_on: date | None) -> list[Sentence]:
    if piece.kind != "after" or not facts.taken_at or not found_on or day_of(facts.taken_at) >= found_on:
        return []
    return [say("Taken on %(taken)s by the camera's clock, before it was found on %(found)s. "
                "A clock set wrong does that, too.",
                taken=day_of(facts.taken_at).isoformat(), found=found_on.isoformat())]  # fmt: skip


def _too_late(piece: Evidence, facts: PhotoFacts) -> list[Sentence]:
    if not facts.taken_at or facts.taken_at <= piece.uploaded_at + CLOCKS_DIFFER:
        return []
    return [say("Taken on %(taken)s by the camera's clock, after it was sent on %(sent)s: that clock was set wrong.",
                taken=day_of(facts.taken_at).isoformat(), sent=day_of(piece.uploaded_at).isoformat())]  # fmt: skip


def _elsewhere(facts: PhotoFacts, unit: Unit | None) -> list[Sentence]:
    away = _distance(facts, unit)
    if away is None or unit is None or away <= FAR:
        return []
    return [say("Taken about %(km)s km from %(unit)s.", km=round(away), unit=unit.name)]


def _edited(facts: PhotoFacts) -> list[Sentence]:
    if not EDITORS.search(facts.software):
        return []
    return [
        say(
            "Saved by an editing programme: %(programme)s. Cutting and stamping do that, too: look at the picture.",
            programme=facts.software,
        )
    ]


def _distance(facts: PhotoFacts, unit: Unit | None) -> float | None:
    """Kilometres between where it was taken and where the unit stands, when both are known."""
    if unit is None or unit.latitude is None or unit.longitude is None:
        return None
    if facts.latitude is None or facts.longitude is None:
        return None
    return kilometres((facts.latitude, facts.longitude), (unit.latitude, unit.longitude))


def kilometres(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Along the great circle, degrees in."""
    (north, east), (to_north, to_east) = (tuple(map(math.radians, point)) for point in (one, other))
    half = math.sin((to_north - north) / 2) ** 2
    half += math.cos(north) * math.cos(to_north) * math.sin((to_east - east) / 2) ** 2
    return 2 * EARTH * math.asin(math.sqrt(half))


def _says(facts: PhotoFacts, unit: Unit | None) -> list[Sentence]:
    """When, where and with what, in that order; the place only as a distance."""
    away = _distance(facts, unit)
    said: list[Sentence] = []
    if facts.taken_at:
        said.append(say("Taken %(at)s", at=f"{local(facts.taken_at):%Y-%m-%d %H:%M}"))
    if away is not None and away <= FAR:
        said.append(say("at the unit"))
    elif facts.latitude is not None and away is None:
        said.append(say("place recorded"))
    if facts.device:
        said.append(say("with %(device)s", device=facts.device))
    if facts.is_plain:
        said.append(say("too dark or blank to be compared"))
    return said


def as_json(trust: Trust | None, told: Any) -> dict[str, Any] | None:
    """For the JSON views; `told` puts a sentence into the reader's language."""
    if trust is None:
        return None
    return {
        "verdict": trust.verdict,
        "why": [told(one) for one in trust.why],
        "says": [told(one) for one in trust.says],
    }
