"""Reading a file that a person sent, in a child process with little memory and time: only the child can fail."""

from __future__ import annotations

import gc
import io
import json
import pickle
import signal
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from app import bare
from app.forking import DONE
from app.intake import reading as shapes
from app.intake.crossing import rebuilt
from app.intake.reading import Reading, Unreadable
from app.standby import Standby, TooSlow
from workflows.grammar import Sentence, say

__all__ = ["LARGEST", "Unreadable", "read_file"]
LARGEST = 50 * 1024 * 1024
SECONDS = 20
Meanwhile = Callable[[], None]
waiting = Standby(bare.SCRIPT, 2, "app.intake.apart")  # each may take half a gigabyte
_KNOWN = {name: kind for name, kind in vars(shapes).items() if getattr(kind, "__module__", "") == shapes.__name__}
TOO_LARGE = say("The file is larger than 50 MB; nothing was read. Split it, or take photos out, and choose it again.")
EMPTY = say("The file is empty. Open it to see what it holds, save it anew and choose it again.")
TOO_LONG = say(
    "Reading took longer than 20 seconds and was stopped. Nothing was taken in; split the file and try again."
)
FAILED = say(
    "The file is damaged; nothing was taken in. Open it in Excel, Word or WPS, save it anew and choose it again."
)
HEAVY = say("To read this file, more than 512 MB of memory would be needed; nothing was taken in. Copy the list alone "
            "into a new file, without empty rows and columns, and choose that.")  # fmt: skip


# How a child ends that wants too much.
ENDED: dict[bytes, Sentence] = {bytes([signal.SIGABRT]): HEAVY, bytes([signal.SIGXCPU]): TOO_LONG}


def read_file(
    path: Path, name: str, *, year: int | None = None, columns: Mapping[str, str] | None = None,
    meanwhile: Meanwhile = lambda: None,
) -> Reading:  # fmt: skip
    """What the file at `path` says; `name` is only repeated in sentences, its kind is told by its content.

    `year` completes dates where the file names none. `columns` gives columns another meaning: by the key of a
    ReadColumn or by its heading; "" keeps one as an extra field. `meanwhile` is called every half second; what it
    raises gives the reading up. Raises Unreadable.
    """
    size = path.stat().st_size
    if size == 0:
        raise Unreadable(EMPTY, 422)
    if size > LARGEST:
        raise Unreadable(TOO_LARGE, 413)
    asked = {"path": str(path.absolute()), "name": name, "year": year, "columns": dict(columns or {})}
    return restored(_told(json.dumps(asked).encode(), meanwhile))


def _told(order: bytes, meanwhile: Meanwhile) -> bytes:
    try:
        ended, told = waiting.ask(order, SECONDS, meanwhile)
    except TooSlow as error:
        raise Unreadable(TOO_LONG, 422) from error
    if ended != DONE:
        raise Unreadable(ENDED.get(ended, FAILED), 422)
    return told


def restored(told: bytes) -> Reading:
    """The reading a child told; from a child that was taken over only plain values of our own kinds come through."""
    try:
        with nothing_collected():
            answer = _Plain(io.BytesIO(told)).load()
    except Exception as error:  # whatever a broken answer raises, it is no reading
        raise Unreadable(FAILED, 422) from error
    if isinstance(answer, Reading):
        return answer
    raise Unreadable(*answer) if isinstance(answer, tuple) else Unreadable(FAILED, 422)


@contextmanager
def nothing_collected() -> Iterator[None]:
    """Fifty thousand values in a row that all stay: looking for garbage among them costs twice what they cost."""
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collects:
            gc.enable()


class _Plain(pickle.Unpickler):
    """Knows the shapes of a reading, days and sentences, and nothing else."""

    def find_class(self, module: str, name: str) -> Any:
        known: dict[str, dict[str, Any]] = {
            "app.intake.reading": _KNOWN, "app.intake.crossing": {"rebuilt": rebuilt}, "datetime": {"date": date},
            "workflows.sentence": {"Sentence": Sentence},
        }  # fmt: skip
        try:
            return known[module][name]
        except KeyError:
            raise pickle.UnpicklingError(f"{module}.{name}") from None
