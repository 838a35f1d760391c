"""Reading a file that a person sent, in a child process with little memory and time: only the child can fail."""

from __future__ import annotations

import gc
import io
import json
import pickle
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from threading import BoundedSemaphore
from time import monotonic
from typing import Any

from app.intake import reading as shapes
from app.intake.reading import Reading, Unreadable
from workflows.grammar import Sentence, say

__all__ = ["LARGEST", "Unreadable", "read_file"]
LARGEST = 50 * 1024 * 1024
SECONDS, HALF_A_SECOND = 20, 0.5
Meanwhile = Callable[[], None]
_CHILDREN = BoundedSemaphore(2)  # each may take half a gigabyte
_SCRIPT = str(Path(__file__).with_name("apart.py"))
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


ENDED: dict[int, Sentence] = {signal.SIGABRT: HEAVY, signal.SIGXCPU: TOO_LONG}  # how a child ends that wants too much


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
    return restored(_run(json.dumps(asked).encode(), meanwhile))


def _run(asked: bytes, meanwhile: Meanwhile) -> bytes:
    pipe, command = subprocess.PIPE, [sys.executable, "-I", _SCRIPT]
    with _CHILDREN, subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe, env={}) as child:
        try:
            told = _told(child, asked, meanwhile)
        finally:
            child.kill()
    if child.returncode:
        raise Unreadable(ENDED.get(-child.returncode, FAILED), 422)
    return told


def _told(child: subprocess.Popen[bytes], asked: bytes, meanwhile: Meanwhile) -> bytes:
    until, more = monotonic() + SECONDS, True
    while monotonic() < until:
        try:
            return child.communicate(asked if more else None, timeout=HALF_A_SECOND)[0]
        except subprocess.TimeoutExpired:
            more = False
            meanwhile()
    raise Unreadable(TOO_LONG, 422)


def restored(told: bytes) -> Reading:
    """The reading a child told; from a child that was taken over only plain values of our own kinds come through."""
    try:
        with _nothing_collected():
            answer = _Plain(io.BytesIO(told)).load()
    except Exception as error:  # whatever a broken answer raises, it is no reading
        raise Unreadable(FAILED, 422) from error
    if isinstance(answer, Reading):
        return answer
    raise Unreadable(*answer) if isinstance(answer, tuple) else Unreadable(FAILED, 422)


@contextmanager
def _nothing_collected() -> Iterator[None]:
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
            "app.intake.reading": _KNOWN, "datetime": {"date": date}, "workflows.sentence": {"Sentence": Sentence},
        }  # fmt: skip
        try:
            return known[module][name]
        except KeyError:
            raise pickle.UnpicklingError(f"{module}.{name}") from None
