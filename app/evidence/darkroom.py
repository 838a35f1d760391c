"""The darkroom: the children (see `app.standby`) that wait with their decoders loaded and fork for every picture.

What decodes hostile bytes has limits on memory, time and writing (see shrink.py), knows nothing of the house
and may die alone; at most two work at once, however many processes serve.
"""

from __future__ import annotations

import fcntl
import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from flask import current_app, has_app_context

from app.evidence.shrink import DAMAGED, DRAWN, TOO_MUCH
from app.forking import DONE
from app.standby import Standby, TooSlow

__all__ = ["DAMAGED", "DRAWN", "TOO_MUCH", "TooSlow", "ask"]
SCRIPT = str(Path(__file__).with_name("shrink.py"))
AT_ONCE = 2
waiting = Standby(SCRIPT, AT_ONCE)


def ask(seconds: float, **order: Any) -> tuple[bytes, bytes]:
    """The verdict on a picture (DRAWN, DAMAGED or TOO_MUCH) and what was drawn; raises TooSlow."""
    with _place():
        ended, told = waiting.ask(json.dumps(order).encode(), seconds)
    return (told[:1], told[1:]) if ended == DONE else (TOO_MUCH, b"")


@contextmanager
def _place() -> Iterator[None]:
    """One of the two places of all processes of this house."""
    if not has_app_context():
        yield
        return
    places = [Path(current_app.config["DATA_DIR"]) / f"darkroom-{number}.lock" for number in range(AT_ONCE)]
    with places[0].open("w") as first, places[1].open("w") as second:
        if not _free(first) and not _free(second):
            fcntl.flock(first if time.monotonic_ns() % 2 else second, fcntl.LOCK_EX)
        yield


def _free(place: IO[str]) -> bool:
    try:
        fcntl.flock(place, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
