"""The child process that reads files: started by `app.bare`, each order a line of JSON, each reading pickled out.

It forks for every file (see `app.forking`): what runs hostile bytes through parsers knows no secrets, does not join
the rooms of the house, may open no file for writing and has only so much memory and time.
"""

from __future__ import annotations

import json
import os
import pickle
import signal
from pathlib import Path


def main() -> None:
    """Load everything a reading needs, then answer."""
    from app.forking import serve
    from app.intake import crossing  # noqa: F401  pickle knows from it how a reading goes over
    from app.intake.readers import opening  # noqa: F401  what is loaded here is loaded by none of the forks
    from app.intake.readers.rehearsal import rehearse

    rehearse()
    serve(answer)


def answer(order: bytes) -> bytes:
    """A reading, or the sentence and status of a refusal."""
    from app.intake.readers.opening import open_and_read
    from app.intake.reading import Unreadable

    asked, told = json.loads(order), object()
    try:
        told = open_and_read(Path(asked["path"]), asked["name"], asked["year"], asked["columns"])
    except Unreadable as refusal:
        told = (refusal.sentence, refusal.status)
    except MemoryError:
        os.kill(os.getpid(), signal.SIGABRT)  # the end that memory refused by the libraries leads to as well
    return pickle.dumps(told, protocol=5)
