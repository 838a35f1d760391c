"""The child process that fills in templates others brought: started by `app.bare`, each order a line of JSON.

It forks for every paper (see `app.forking`): what runs a stranger's template knows no secrets, does not join the rooms
of the house, may open no file for writing and has only so much memory and time.
"""

from __future__ import annotations

import json
import os
import signal
from pathlib import Path

PAPER, FAULT = b"P", b"F"  # what an answer begins with


def main() -> None:
    """Load everything that filling in needs, then answer."""
    from app.forking import serve
    from app.papers import filling  # noqa: F401  what is loaded here is loaded by none of the forks

    serve(answer)


def answer(order: bytes) -> bytes:
    """The paper, or what is wrong as JSON; of a template on trial only what is wrong."""
    from app.papers.filling import made, tried

    asked = json.loads(order)
    template = Path(asked["template"]).read_bytes()
    said = json.loads(Path(asked["facts"]).read_bytes())
    try:
        told = tried(template, said) if asked["trial"] else made(template, said)
    except MemoryError:
        os.kill(os.getpid(), signal.SIGABRT)  # the end that memory refused by the libraries leads to as well
        raise
    return PAPER + told if isinstance(told, bytes) else FAULT + json.dumps(told).encode()
