"""Child processes that wait with their tools loaded and fork for every order: what reads hostile bytes dies alone.

The script of such a child serves by `app.forking`. A child is ended, with whatever it has forked, when it answers
late or the order is given up; the next order begins another one.
"""

from __future__ import annotations

import atexit
import os
import select
import signal
import subprocess
import sys
import time
import weakref
from collections.abc import Callable
from contextlib import suppress
from threading import BoundedSemaphore, Lock

Child = subprocess.Popen[bytes]
BETWEEN = 0.5  # seconds between two looks at whether the order still stands
# Memory that was given back is taken again, not asked of the system anew: a page that is touched first costs most.
KEPT = {"MALLOC_MMAP_THRESHOLD_": str(32 << 20), "MALLOC_TRIM_THRESHOLD_": str(512 << 20)}
_all: weakref.WeakSet[Standby] = weakref.WeakSet()


class TooSlow(Exception):
    """No answer in time; the child was ended."""


class Standby:
    """The waiting children of one script; at most `at_once` orders of this process are worked on at once."""

    def __init__(self, script: str, at_once: int, *words: str) -> None:
        """`words` are handed to the script when it starts."""
        self.command = [sys.executable, "-I", script, *words]
        self.idle: list[Child] = []
        self._turns, self._lock = BoundedSemaphore(at_once), Lock()
        _all.add(self)

    def ask(self, order: bytes, seconds: float, meanwhile: Callable[[], None] = lambda: None) -> tuple[bytes, bytes]:
        """The verdict, one byte, and the answer to an order of one line; raises TooSlow.

        `meanwhile` is called every half second; what it raises gives the order up.
        """
        with self._turns:
            child = self._taken()
            try:
                answer = _asked(child, order, time.monotonic() + seconds, meanwhile)
            except BaseException:
                _end(child)
                raise
            with self._lock:
                self.idle.append(child)
            return answer

    def close(self) -> None:
        """Send the waiting children home."""
        while self.idle:
            _end(self.idle.pop())

    def _taken(self) -> Child:
        """A child that waits, or a new one."""
        with self._lock:
            while self.idle:
                child = self.idle.pop()
                if child.poll() is None:
                    return child
                _end(child)
        pipe = subprocess.PIPE
        return subprocess.Popen(
            self.command,
            stdin=pipe,
            stdout=pipe,
            stderr=subprocess.DEVNULL,
            env=KEPT,
            start_new_session=True,
            bufsize=0,
        )


def _asked(child: Child, order: bytes, until: float, meanwhile: Callable[[], None]) -> tuple[bytes, bytes]:
    assert child.stdin is not None
    try:
        child.stdin.write(order + b"\n")
    except BrokenPipeError as error:
        raise TooSlow from error
    head = _read(child, 5, until, meanwhile)
    return head[:1], _read(child, int.from_bytes(head[1:]), until, meanwhile)


def _read(child: Child, count: int, until: float, meanwhile: Callable[[], None]) -> bytes:
    assert child.stdout is not None
    blocks, source = [], child.stdout.fileno()
    while count > 0:
        left = until - time.monotonic()
        if left <= 0:
            raise TooSlow
        if not select.select([source], [], [], min(left, BETWEEN))[0]:
            meanwhile()
        elif block := os.read(source, min(count, 1 << 20)):
            blocks.append(block)
            count -= len(block)
        else:
            raise TooSlow
    return b"".join(blocks)


def _end(child: Child) -> None:
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
    """Send all of them home."""
    for standby in list(_all):
        standby.close()


def _forget() -> None:
    """A process that was forked leaves the children to the one that began them."""
    for standby in list(_all):
        standby.idle.clear()


os.register_at_fork(after_in_child=_forget)
