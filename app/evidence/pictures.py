"""Copies of photos for the eye: small, upright, without metadata; drawn by a child process that may fail alone."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from threading import BoundedSemaphore

from app.evidence.faults import Unreadable
from workflows.grammar import say

__all__ = ["SIZES", "Unreadable", "derive", "derive_all"]
SIZES = (320, 1600)
SECONDS = 20
_CHILDREN = BoundedSemaphore(2)  # each may take 512 MB
_SCRIPT = str(Path(__file__).with_name("shrink.py"))


def derive(original_path: Path, size: int) -> bytes:
    """A JPEG of at most `size` pixels on its longer side; raises Unreadable."""
    return derive_all(original_path, (size,))[size]


def derive_all(original_path: Path, sizes: tuple[int, ...] = SIZES) -> dict[int, bytes]:
    """A JPEG for every size, from one decoding; raises Unreadable."""
    order = sorted(sizes, reverse=True)
    copies = _parted(_drawn(original_path, order))
    if len(copies) != len(order):
        raise Unreadable(say("The picture cannot be shown; its original is kept as it was received."))
    return dict(zip(order, copies, strict=True))


def _drawn(path: Path, sizes: list[int]) -> bytes:
    """What the child wrote, or nothing when it failed, ran out of memory or of time."""
    command = [sys.executable, "-I", _SCRIPT, str(path.absolute()), *map(str, sizes)]
    with _CHILDREN:
        try:
            child = subprocess.run(command, capture_output=True, stdin=subprocess.DEVNULL, env={}, timeout=SECONDS)
        except subprocess.TimeoutExpired:
            return b""
    return child.stdout if child.returncode == 0 else b""


def _parted(drawn: bytes) -> list[bytes]:
    copies = []
    while len(drawn) > 4:
        length = int.from_bytes(drawn[:4])
        copies.append(drawn[4 : 4 + length])
        drawn = drawn[4 + length :]
    return copies
