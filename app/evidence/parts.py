"""Files that arrive piece by piece: each lies in a part file, whose length is the truth about what has arrived.

A block is written only where the part ends, under a lock held for that one block: a connection that was
given up by its phone but not by the network can do no harm, and any number of processes may serve.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

from flask import current_app
from werkzeug.exceptions import ClientDisconnected

from app.evidence.faults import TooLarge, disk_may_be_full
from app.evidence.storage import fsync
from workflows.grammar import say

BLOCK = 64 * 1024
BROKEN_OFF = (ClientDisconnected, ConnectionError, TimeoutError)


class Displaced(Exception):
    """The part ends elsewhere than the sender believes."""


def folder() -> Path:
    """Where the parts of this house lie."""
    parts = Path(current_app.config["DATA_DIR"]) / "parts"
    parts.mkdir(parents=True, exist_ok=True)
    return parts


def _part(name: str) -> Path:
    return folder() / f"{name}.part"


def whole(name: str) -> Path:
    """Where the file lies once it is all there."""
    return folder() / f"{name}.whole"


def arrived(name: str) -> int:
    """How many bytes of that upload are here."""
    for path in (whole(name), _part(name)):
        with suppress(FileNotFoundError):
            return path.stat().st_size
    return 0


def touched_at(name: str) -> datetime | None:
    """When the last of it came, or None when nothing is here."""
    for path in (whole(name), _part(name)):
        with suppress(FileNotFoundError):
            return datetime.fromtimestamp(path.stat().st_mtime, UTC)
    return None


def append(name: str, offset: int, stream: IO[bytes], length: int) -> int:
    """Add what the stream brings; returns where the part ends then.

    What arrived before a connection broke off is kept. Raises Displaced, TooLarge or StorageFull.
    """
    _check_place(name, offset)
    with disk_may_be_full():
        try:
            while block := stream.read(BLOCK):
                offset = _written(name, offset, block, length)
        except BROKEN_OFF:
            current_app.logger.info("upload %s: the connection broke off at %d", name, offset)
        if whole(name).exists() or not _part(name).exists():
            return arrived(name)
    return offset


def settle(name: str) -> None:
    """Have what has arrived on the disk: a power cut must not leave blanks of the right length.

    Where the sender told the hash of the whole, blanks show in the end; the storage sees to the whole in any case.
    """
    with disk_may_be_full(), suppress(FileNotFoundError):
        fsync(_part(name))


def _check_place(name: str, offset: int) -> None:
    if arrived(name) != offset:
        raise Displaced


def _written(name: str, offset: int, block: bytes, length: int) -> int:
    if offset + len(block) > length:
        raise TooLarge(say("More bytes came than were announced. What arrived before is kept."))
    with _locked(name) as part:
        if os.fstat(part.fileno()).st_size != offset:
            raise Displaced
        part.seek(offset)
        rest = memoryview(block)
        while rest:  # an unbuffered write may take only a part
            rest = rest[part.write(rest) :]
    return offset + len(block)


@contextmanager
def _locked(name: str) -> Iterator[IO[bytes]]:
    """The part, nobody else writing; made when its first byte comes. One lost with its name is sent anew."""
    path = _part(name)
    if whole(name).exists():
        raise Displaced
    with os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT, 0o600), "r+b", buffering=0) as part:
        fcntl.flock(part, fcntl.LOCK_EX)
        yield part


def complete(name: str) -> Path:
    """Take the part out of reach of every sender, now that it is all there; returns where it lies."""
    with suppress(FileNotFoundError), _locked_if_there(name):
        os.rename(_part(name), whole(name))
    return whole(name)


@contextmanager
def _locked_if_there(name: str) -> Iterator[None]:
    with _part(name).open("rb") as part:
        fcntl.flock(part, fcntl.LOCK_EX)
        yield


def forget(name: str) -> None:
    """Remove what has arrived of it."""
    for path in (_part(name), whole(name)):
        path.unlink(missing_ok=True)


def everything() -> list[Path]:
    """Every file that lies here; its stem is the name of its upload's part."""
    return list(folder().iterdir())
