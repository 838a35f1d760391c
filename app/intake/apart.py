"""The child process that reads one file: `python -I apart.py`, the question as JSON in, the reading pickled out.

It runs hostile bytes through parsers, so it knows no secrets, does not join the rooms of the house, may open no
file for writing and has only so much memory and time.
"""

from __future__ import annotations

import gc
import json
import os
import pickle
import resource
import signal
import sys
from pathlib import Path
from types import ModuleType

MEMORY = 512 * 1024 * 1024
SECONDS = 20
HOUSE = Path(__file__).resolve().parents[2]


def main() -> None:
    """Answer with a reading, or with the sentence and status of a refusal."""
    _tie_hands()
    gc.disable()  # the process ends with its answer: what is never collected costs no time
    _bare_rooms("app", "app.intake")
    asked = json.load(sys.stdin.buffer)
    from app.intake.readers.opening import open_and_read
    from app.intake.reading import Unreadable

    answer: object
    try:
        answer = open_and_read(Path(asked["path"]), asked["name"], asked["year"], asked["columns"])
    except Unreadable as refusal:
        answer = (refusal.sentence, refusal.status)
    except MemoryError:
        os.kill(os.getpid(), signal.SIGABRT)  # the end that memory refused by the libraries leads to as well
    pickle.dump(answer, sys.stdout.buffer, protocol=5)


def _tie_hands() -> None:
    for limit, most in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, SECONDS),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(limit, (most, most))


def _bare_rooms(*names: str) -> None:
    """Packages without what their __init__ would load: the reader needs neither Flask nor tables."""
    sys.path.insert(0, str(HOUSE))
    for name in names:
        room = ModuleType(name)
        room.__path__ = [str(HOUSE.joinpath(*name.split(".")))]
        sys.modules[name] = room


if __name__ == "__main__":
    main()
