"""Pictures looked at before they are kept, and copies of them for the eye: small, upright, without metadata."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from app.evidence import darkroom
from app.evidence.faults import Fault, Refused, Unreadable
from app.evidence.kinds import cut_short
from workflows.grammar import say

__all__ = ["SIZES", "Unreadable", "check", "derive", "derive_all"]
SIZES = (320, 1600)
SECONDS = 20
Boxes = Sequence[Sequence[float]]


class Busy(Fault):
    """Too much is being looked at; the same picture may be fine in a minute."""

    status = 503


def check(path: Path, name: str) -> bytes:
    """Decode it once, small, and tell what it looks like; raises Refused when damaged though its header is sound."""
    try:
        verdict, told = darkroom.ask(SECONDS, path=str(path.absolute()), sizes=[], boxes=[])
    except darkroom.TooSlow as error:
        raise Busy(say("The server could not look at the picture in time. Try again in a few minutes.")) from error
    if verdict == darkroom.DAMAGED:
        raise cut_short(name)
    if verdict != darkroom.DRAWN:
        raise Refused(say("The picture “%(name)s” needs more memory than one picture may take. "
                          "Shrink it and upload it again.", name=name))  # fmt: skip
    return told


def derive(original_path: Path, size: int) -> bytes:
    """A JPEG of at most `size` pixels on its longer side; raises Unreadable."""
    return derive_all(original_path, (size,))[size]


def derive_all(original_path: Path, sizes: tuple[int, ...] = SIZES, boxes: Boxes = ()) -> dict[int, bytes]:
    """A JPEG for every size, from one decoding, with what is covered painted over; raises Unreadable."""
    order = sorted(sizes, reverse=True)
    copies = _parted(_drawn(original_path, order, boxes))
    if len(copies) != len(order):
        raise Unreadable(say("The picture cannot be shown; its original is kept as it was received."))
    return dict(zip(order, copies, strict=True))


def _drawn(path: Path, sizes: list[int], boxes: Boxes) -> bytes:
    """What the child drew, or nothing when it failed, ran out of memory or of time."""
    order = {"path": str(path.absolute()), "sizes": sizes, "boxes": [list(box) for box in boxes]}
    try:
        verdict, drawn = darkroom.ask(SECONDS, **order)
    except darkroom.TooSlow:
        return b""
    return drawn if verdict == darkroom.DRAWN else b""


def _parted(drawn: bytes) -> list[bytes]:
    copies = []
    while len(drawn) > 4:
        length = int.from_bytes(drawn[:4])
        copies.append(drawn[4 : 4 + length])
        drawn = drawn[4 + length :]
    return copies
