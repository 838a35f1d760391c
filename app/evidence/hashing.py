"""The hash of a file while it comes in: taken on in the background while more of it travels.

What is known so far is kept by this process only; another one, or one that has forgotten, begins at the beginning.
"""

from __future__ import annotations

import hashlib
import os
from collections import OrderedDict
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import cache
from pathlib import Path
from threading import Lock

from app.evidence.faults import disk_may_be_full
from app.evidence.storage import fsync

BLOCK = 4 * 1024 * 1024  # a large one: between two of them this waits for whoever else runs
MOST = 64  # files whose hash one process remembers the beginning of


class _Running:
    """The hash of a file's beginning; holds the file open, so that no other can take its place unnoticed."""

    def __init__(self, path: Path) -> None:
        self.file, self.digest, self.lock = path.open("rb", buffering=0), hashlib.sha256(), Lock()

    def is_of(self, path: Path) -> bool:
        return os.path.samestat(os.fstat(self.file.fileno()), path.stat())

    def go_on(self, end: int) -> None:
        """As far as `end`, in bytes from the beginning; what came after it may still be in writing."""
        with self.lock:
            while not self.file.closed and (block := self.file.read(max(0, min(BLOCK, end - self.file.tell())))):
                self.digest.update(block)

    def close(self) -> None:
        with self.lock:
            self.file.close()


_known: OrderedDict[str, _Running] = OrderedDict()
_hold = Lock()


@cache
def _background() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(1, "hashing")


@cache
def _disk() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(4, "settling")


def begin(path: Path, end: int) -> None:
    """Hash what is here of a file, up to `end`, while nobody waits for it; more of it is still to come."""
    with _hold, suppress(FileNotFoundError):  # somebody else brought the last of it
        running = _known.pop(path.stem, None)
        running = _known[path.stem] = _of(path, running)
        if len(_known) > MOST:
            _background().submit(_known.popitem(last=False)[1].close)
        _background().submit(running.go_on, end)


def sha256_of(path: Path) -> str:
    """The hash of the whole file, in hexadecimal; quicker where this process has hashed its beginning.

    The disk writes the file out meanwhile, so that whoever stores it next waits the less. Raises StorageFull.
    """
    written = _disk().submit(fsync, path)
    running = _of(path, _taken(path))
    running.go_on(path.stat().st_size)
    running.close()
    with disk_may_be_full():
        written.result()  # the disk tells of a fault once: what it said here nobody hears again
    return running.digest.hexdigest()


def forget(path: Path) -> None:
    """It does not come after all."""
    if running := _taken(path):
        _background().submit(running.close)


def _taken(path: Path) -> _Running | None:
    with _hold:
        return _known.pop(path.stem, None)


def _of(path: Path, known: _Running | None) -> _Running:
    if known and known.is_of(path):
        return known
    if known:
        known.close()
    return _Running(path)


def _anew() -> None:
    """A process that was forked has none of the threads of the one that began them."""
    _hold.release()
    _known.clear()
    _background.cache_clear()
    _disk.cache_clear()


os.register_at_fork(before=_hold.acquire, after_in_parent=_hold.release, after_in_child=_anew)
