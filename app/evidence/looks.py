"""What was seen of a picture when it was received: the prints it is recognised by, and what its own file says."""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from app.evidence.prints import DHASH, PHASH, Print, dhash, is_plain, phash

EXIF_TIME = "%Y:%m:%d %H:%M:%S"
YEARS = range(1991, 2200)  # of clocks that somebody has set


@dataclass(frozen=True)
class Look:
    """Prints of a picture and of its parts, and its facts by name; a plain one has no prints."""

    prints: tuple[Print, ...] = ()
    is_plain: bool = False
    facts: dict[str, Any] = field(default_factory=dict)


def of(told: bytes, zone: ZoneInfo) -> Look | None:
    """What the child told of a picture; None when it could tell nothing. A camera without a zone went by `zone`."""
    if not told:
        return None
    said = json.loads(told)
    facts = _facts(said["facts"], zone)
    greys = {part: [base64.b64decode(grey) for grey in both] for part, both in said["greys"].items()}
    if is_plain(greys["whole"][1]):
        return Look(is_plain=True, facts=facts)
    prints = (hashed for part, (line, square) in greys.items() if not is_plain(square)
              for hashed in (Print(DHASH, part, dhash(line)), Print(PHASH, part, phash(square))))  # fmt: skip
    return Look(tuple(prints), facts=facts)


def _facts(said: dict[str, Any], zone: ZoneInfo) -> dict[str, Any]:
    places = {name: said.get(name) for name in ("latitude", "longitude")}
    if None in places.values():
        places = dict.fromkeys(places)
    words = {name: said.get(name, "") for name in ("device", "software")}
    return {"taken_at": _moment(said.get("taken", ""), said.get("offset", ""), zone), **places, **words}


def _moment(text: str, offset: str, zone: ZoneInfo) -> datetime | None:
    """The camera's clock; many write zeros or blanks when it was never set, and some what no calendar holds."""
    try:
        clock = datetime.strptime(text, EXIF_TIME)
    except ValueError:
        return None
    if clock.year not in YEARS:
        return None
    try:
        return datetime.strptime(f"{text} {offset}", f"{EXIF_TIME} %z")
    except ValueError:
        return clock.replace(tzinfo=zone)
