"""The darkroom: a child process that waits with its decoders loaded and forks for every picture.

What decodes hostile bytes has limits on memory, time and writing (see shrink.py), knows nothing of the house
and may die alone; at most two work at once, however many processes serve.
"""

from __future__ import annotations

import atexit
import fcntl
import json
import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import BoundedSemaphore, Lock
from typing import IO, Any

from flask import current_app, has_app_context

SCRIPT = str(Path(__file__).with_name("shrink.py"))
AT_ONCE = 2
DRAWN, DAMAGED, TOO_MUCH = b"d", b"x", b"m"
_turns = BoundedSemaphore(AT_ONCE)
_idle: list[subprocess.Popen[bytes]] = []
_lock = Lock()


class TooSlow(Exception):
    """No answer in time; the child was ended."""


def ask(seconds: float, **order: Any) -> tuple[bytes, bytes]:
    """The verdict on a picture (DRAWN, DAMAGED or TOO_MUCH) and what was drawn; raises TooSlow."""
    with _turn():
        child = _taken()
        try:
            answer = _asked(child, order, seconds)
        except BaseException:
            _end(child)
            raise
        with _lock:
            _idle.append(child)
        return answer


@contextmanager
def _turn() -> Iterator[None]:
    """One of two places: of this process, and of all processes of this house."""
    with _turns:
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


def _taken() -> subprocess.Popen[bytes]:
    """A child that waits, or a new one."""
    with _lock:
        while _idle:
            child = _idle.pop()
            if child.poll() is None:
                return child
            _end(child)
    pipe = subprocess.PIPE
    command = [sys.executable, "-I", SCRIPT]
    return subprocess.Popen(
        command, stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL, env={}, start_new_session=True, bufsize=0
    )


def _asked(child: subprocess.Popen[bytes], order: dict[str, Any], seconds: float) -> tuple[bytes, bytes]:
    until = time.monotonic() + seconds
    assert child.stdin is not None
    try:
        child.stdin.write(json.dumps(order).encode() + b"\n")
    except BrokenPipeError:
        return TOO_MUCH, b""
    head = _read(child, 5, until)
    return head[:1], _read(child, int.from_bytes(head[1:]), until)


def _read(child: subprocess.Popen[bytes], count: int, until: float) -> bytes:
    assert child.stdout is not None
    read = b""
    while len(read) < count:
        ready, _writing, _broken = select.select([child.stdout], [], [], max(0, until - time.monotonic()))
        block = os.read(child.stdout.fileno(), count - len(read)) if ready else b""
        if not block:
            raise TooSlow
        read += block
    return read


def _end(child: subprocess.Popen[bytes]) -> None:
    """It, and whatever it has forked."""
    with suppress(ProcessLookupError):
        os.killpg(child.pid, signal.SIGKILL)
    child.wait()
    for pipe in (child.stdin, child.stdout):
        if pipe is not None:
            with suppress(BrokenPipeError):
                pipe.close()


@atexit.register
def close() -> None:
    """Send the waiting children home."""
    while _idle:
        _end(_idle.pop())


os.register_at_fork(after_in_child=_idle.clear)
