"""The receipt of a file: written block by block as it comes in, and hashed beside; the storage puts it on the disk."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from datetime import datetime, timedelta
from io import FileIO
from pathlib import Path
from typing import IO, Any

from app.evidence import hashing
from app.evidence.faults import TooLarge, disk_may_be_full
from workflows.grammar import say

__all__ = ["Landing", "Received", "TooLarge", "forget_abandoned", "receive"]
BLOCK = 256 * 1024
MEGABYTE = 1024 * 1024
AHEAD = 512 * 1024  # bytes worth hashing before the rest of a file is there
PREFIX = "in-"


@dataclass(frozen=True)
class Received:
    """A file that has arrived whole, still without a name of its own."""

    path: Path
    sha256: str
    size: int


class Landing(FileIO):
    """A file without a name in `folder` that is written from its beginning to its end; forgotten unless kept."""

    def __init__(self, folder: Path) -> None:
        with disk_may_be_full():
            descriptor, name = tempfile.mkstemp(dir=folder, prefix=PREFIX)
        super().__init__(descriptor, "r+b")
        self.path, self.size, self.hashed, self.is_kept = Path(name), 0, 0, False

    def write(self, block: Any) -> int:
        """All of it; raises StorageFull."""
        rest = memoryview(block)
        self.size += len(rest)
        with disk_may_be_full():
            while rest:  # an unbuffered write may take only a part
                rest = rest[super().write(rest) :]
        if self.size - self.hashed >= AHEAD:
            self.hashed = self.size
            hashing.begin(self.path, self.size)
        return len(block)

    def kept(self, limit_bytes: int) -> Received:
        """What has arrived; whoever asks sees to the file from now on. Raises TooLarge or StorageFull."""
        if self.size > limit_bytes:
            raise TooLarge(say("The file is larger than %(limit)s MB. Nothing was stored; choose a smaller one.",
                               limit=limit_bytes // MEGABYTE or 1))  # fmt: skip
        sha256, self.is_kept = hashing.sha256_of(self.path), True
        return Received(self.path, sha256, self.size)

    def close(self) -> None:
        """Let go of it."""
        super().close()
        if not self.is_kept:
            hashing.forget(self.path)
            self.path.unlink(missing_ok=True)


def receive(stream: IO[bytes], folder: Path, limit_bytes: int) -> Received:
    """Write the stream into `folder` unless it landed there already; raises TooLarge or StorageFull.

    Nothing is left behind then.
    """
    if isinstance(stream, Landing):
        return stream.kept(limit_bytes)
    with Landing(folder) as landing:
        while landing.size <= limit_bytes and (block := stream.read(BLOCK)):
            landing.write(block)
        return landing.kept(limit_bytes)


def forget_abandoned(folder: Path, now: datetime, after: timedelta = timedelta(hours=24)) -> int:
    """Remove what a killed process left half received; returns how many files."""
    old = [path for path in folder.glob("*-*") if path.is_file() and path.stat().st_mtime < (now - after).timestamp()]
    for path in old:
        path.unlink(missing_ok=True)
    return len(old)
