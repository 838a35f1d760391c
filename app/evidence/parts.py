"""Files that arrive piece by piece: each lies in a part file, whose length is the truth about what has arrived.

A block is written only where the part ends, under a lock held for that one block: a connection that was
given up by its phone but not by the network can do no harm, and any number of processes may serve.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path
from time import monotonic
from typing import IO

from flask import current_app
from werkzeug.exceptions import ClientDisconnected

from app.evidence.faults import TooLarge, disk_may_be_full
from app.evidence.storage import fsync
from app.server import AHEAD
from workflows.grammar import say

BLOCK, LARGE = 64 * 1024, AHEAD
AT_ONCE = 0.02  # seconds in which a block comes on a line that is not slow
BROKEN_OFF = (ClientDisconnected, ConnectionError, TimeoutError)


class Displaced(Exception):
    """The part ends elsewhere than the sender believes."""


def folder() -> Path:
    """Where the parts of this house lie."""
    return Path(current_app.config["DATA_DIR"]) / "parts"


def begun(name: str) -> Path:
    """Where what has arrived of it lies until then."""
    return folder() / f"{name}.part"


def whole(name: str) -> Path:
    """Where the file lies once it is all there."""
    return folder() / f"{name}.whole"


def arrived(name: str) -> int:
    """How many bytes of that upload are here."""
    for path in (whole(name), begun(name)):
        with suppress(FileNotFoundError):
            return path.stat().st_size
    return 0


def touched_at(name: str) -> datetime | None:
    """When the last of it came, or None when nothing is here."""
    for path in (whole(name), begun(name)):
        with suppress(FileNotFoundError):
            return datetime.fromtimestamp(path.stat().st_mtime, UTC)
    return None


def append(name: str, offset: int, stream: IO[bytes], length: int) -> int:
    """Add what the stream brings; returns where the part ends then.

    What arrived before a connection broke off is kept. Raises Displaced, TooLarge or StorageFull.
    """
    if arrived(name) != offset:
        raise Displaced
    with disk_may_be_full():
        try:
            blocks = _blocks(stream)
            if first := next(blocks, b""):
                _go_on(name, offset, chain([first], blocks), length)
        except BROKEN_OFF:
            current_app.logger.info("upload %s: the connection broke off at %d", name, arrived(name))
    return arrived(name)


def settle(name: str) -> None:
    """Have what has arrived on the disk: a power cut must not leave blanks of the right length.

    Where the sender told the hash of the whole, blanks show in the end; the storage sees to the whole in any case.
    """
    with disk_may_be_full(), suppress(FileNotFoundError):
        fsync(begun(name))


def _blocks(stream: IO[bytes]) -> Iterator[bytes]:
    """What it brings in small blocks, of which little is lost when it breaks off; on a quick line in larger ones."""
    size, since = BLOCK, monotonic()
    while block := stream.read(size):
        size = LARGE if monotonic() - since < AT_ONCE else BLOCK
        yield block
        since = monotonic()


def _go_on(name: str, offset: int, blocks: Iterable[bytes], length: int) -> None:
    """Open the part, made when its first byte comes, and write block after block."""
    if whole(name).exists():
        raise Displaced
    with _opened(begun(name)) as part:
        for block in blocks:
            if offset + len(block) > length:
                raise TooLarge(say("More bytes came than were announced. What arrived before is kept."))
            with _alone(part):
                _put(part, offset, block)
            offset += len(block)


def _opened(path: Path) -> IO[bytes]:
    with suppress(FileNotFoundError):
        return path.open("r+b", buffering=0)
    path.parent.mkdir(parents=True, exist_ok=True)
    return os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT, 0o600), "r+b", buffering=0)


@contextmanager
def _alone(part: IO[bytes]) -> Iterator[None]:
    """Nobody else writes for this one block."""
    fcntl.flock(part, fcntl.LOCK_EX)
    try:
        yield
    finally:
        fcntl.flock(part, fcntl.LOCK_UN)


def _put(part: IO[bytes], offset: int, block: bytes) -> None:
    """Where the part ends, and only while it has its name: what was forgotten meanwhile begins anew."""
    there = os.fstat(part.fileno())
    if there.st_size != offset or not there.st_nlink:
        raise Displaced
    part.seek(offset)
    rest = memoryview(block)
    while rest:  # an unbuffered write may take only a part
        rest = rest[part.write(rest) :]


def complete(name: str) -> Path:
    """Take the part out of reach of every sender, now that it is all there; returns where it lies."""
    with suppress(FileNotFoundError), begun(name).open("rb") as part, _alone(part):
        os.rename(begun(name), whole(name))
    return whole(name)


def forget(name: str) -> None:
    """Remove what has arrived of it."""
    for path in (begun(name), whole(name)):
        path.unlink(missing_ok=True)


def everything() -> list[Path]:
    """Every file that lies here; its stem is the name of its upload's part."""
    return list(folder().glob("*"))
