"""The receipt of a file: it comes in block by block and is hashed on the way; the storage has it put on the disk."""

from __future__ import annotations

import hashlib
import os
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import IO

from app.evidence.faults import TooLarge, disk_may_be_full
from workflows.grammar import say

__all__ = ["Received", "TooLarge", "forget_abandoned", "receive"]
BLOCK = 256 * 1024
MEGABYTE = 1024 * 1024
PREFIX = "in-"


@dataclass(frozen=True)
class Received:
    """A file that has arrived whole, still without a name of its own."""

    path: Path
    sha256: str
    size: int


def receive(stream: IO[bytes], folder: Path, limit_bytes: int) -> Received:
    """Write the stream into `folder`; raises TooLarge or StorageFull and then leaves nothing behind."""
    with disk_may_be_full():
        descriptor, name = tempfile.mkstemp(dir=folder, prefix=PREFIX)
        try:
            with os.fdopen(descriptor, "wb", buffering=0) as file:
                sha256, size = _copied(stream, file, limit_bytes)
        except BaseException:
            with suppress(FileNotFoundError):
                os.unlink(name)
            raise
    return Received(Path(name), sha256, size)


def _copied(stream: IO[bytes], file: IO[bytes], limit_bytes: int) -> tuple[str, int]:
    digest, size = hashlib.sha256(), 0
    while block := stream.read(BLOCK):
        size += len(block)
        if size > limit_bytes:
            raise TooLarge(say("The file is larger than %(limit)s MB. Nothing was stored; choose a smaller one.",
                               limit=limit_bytes // MEGABYTE or 1))  # fmt: skip
        digest.update(block)
        _write_all(file, block)
    return digest.hexdigest(), size


def _write_all(file: IO[bytes], block: bytes) -> None:
    rest = memoryview(block)
    while rest:  # an unbuffered write may take only a part
        rest = rest[file.write(rest) :]


def forget_abandoned(folder: Path, now: datetime, after: timedelta = timedelta(hours=24)) -> int:
    """Remove what a killed process left half received; returns how many files."""
    old = [path for path in folder.glob("*-*") if path.is_file() and path.stat().st_mtime < (now - after).timestamp()]
    for path in old:
        path.unlink(missing_ok=True)
    return len(old)
