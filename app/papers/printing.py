"""The printing room: children (see `app.standby`) that fill in the templates others brought; only a child can fail."""

from __future__ import annotations

import json
import logging
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import BoundedSemaphore
from typing import Any

from app import bare
from app.forking import DONE
from app.papers.apart import PAPER
from app.standby import Standby, TooSlow
from app.tasks.refusals import Refused
from workflows.grammar import Sentence, say

SECONDS, AT_ONCE = 20, 2
waiting = Standby(bare.SCRIPT, AT_ONCE, "app.papers.apart")
_turns = BoundedSemaphore(AT_ONCE)
_log = logging.getLogger(__name__)
NO_ROOM = say("Other papers are being filled in at this moment. Nothing was given out; try again in a minute.")
TOO_LONG = say("The template takes longer than %(n)d seconds to be filled in.", n=SECONDS)
HEAVY = say("To fill the template in, more than 512 MB of memory would be needed.")
LARGE = say("Filled in, the template makes a file of more than 20 MB. Make its pictures smaller.")
EMPTY = say("Filled in, the template is an empty sheet.")
PLAIN = {"long": TOO_LONG, "heavy": HEAVY, "large": LARGE, "empty": EMPTY}
ASIDE = say("No paper was made and no number was given. An administrator can mend the template, or go back to ours, "
            "under Templates of papers.")  # fmt: skip


class Unfilled(Refused):
    """A template that somebody put in the place of ours and that cannot be filled in."""

    status = 424


class Busy(Refused):
    """Nobody could look at the template in time."""

    status = 503


def filled(template: bytes, facts: dict[str, Any]) -> bytes:
    """The paper; raises Unfilled, with the sentence that says why."""
    told = _told({"trial": False}, template, facts)
    if isinstance(told, bytes):
        return told
    why = _sentence(told)
    _log.warning("a template could not be filled in: %s", why)
    raise Unfilled(why, ASIDE)


def fault(template: bytes, samples: list[dict[str, Any]]) -> Sentence | None:
    """Why a template does not fit, tried with made-up facts, few and many; None where it does."""
    told = _told({"trial": True}, template, samples)
    assert not isinstance(told, bytes)
    return _sentence({**told, "known": sorted(samples[0])}) if told else None


def _told(order: dict[str, Any], template: bytes, facts: Any) -> bytes | dict[str, Any]:
    """The paper, or what is wrong."""
    try:
        with _turn(), TemporaryDirectory(prefix="template-") as folder:
            names = {"template": f"{folder}/template", "facts": f"{folder}/facts"}
            Path(names["template"]).write_bytes(template)
            Path(names["facts"]).write_text(json.dumps(facts), encoding="utf-8")
            ended, told = waiting.ask(json.dumps({**names, **order}).encode(), SECONDS)
    except TooSlow:
        return {"long": True}
    if ended != DONE or not told:
        return {"long" if ended == bytes([signal.SIGXCPU]) else "heavy": True}
    return told[1:] if told[:1] == PAPER else json.loads(told[1:])


@contextmanager
def _turn() -> Iterator[None]:
    """Nobody waits for a place longer than the longest paper takes."""
    if not _turns.acquire(timeout=SECONDS):
        raise Busy(NO_ROOM)
    try:
        yield
    finally:
        _turns.release()


def _sentence(found: dict[str, Any]) -> Sentence:
    for name, sentence in PLAIN.items():
        if name in found:
            return sentence
    if "foreign" in found:
        return say("The template takes something from elsewhere: %(address)s. Put it into the file itself.",
                   address=found["foreign"][:120])  # fmt: skip
    if "acting" in found:
        return say("The template holds what acts when it is opened: %(what)s. Take it out and upload it again.",
                   what=found["acting"][:120])  # fmt: skip
    if "unknown" in found:
        return say("The template asks for fields that this paper does not have: %(names)s. It has: %(known)s.",
                   names=", ".join(found["unknown"])[:400], known=", ".join(found["known"]))  # fmt: skip
    return say("The template cannot be filled in: %(why)s.", why=found.get("wrong") or "?")
