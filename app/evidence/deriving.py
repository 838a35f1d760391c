"""Copies for the eye: made from the original when first asked for, and kept; what is covered is covered in all."""

from __future__ import annotations

from dataclasses import dataclass

from app.evidence.faults import Missing
from app.evidence.models import Evidence
from app.evidence.ours import storage
from app.evidence.pictures import SIZES, derive_all
from app.evidence.storage import Storage


@dataclass(frozen=True)
class Copied:
    """What a copy is made of, known while no transaction is open."""

    sha256: str
    cover: str
    boxes: list[list[float]]

    @classmethod
    def of(cls, piece: Evidence) -> Copied:
        return cls(piece.sha256, piece.cover, piece.boxes or [])

    def key(self, size: int) -> str:
        """Where the copy of that size is kept."""
        return Storage.derived_key(self.sha256, size, self.cover)


def derived(copied: Copied, size: int) -> bytes:
    """The copy of that size; raises Missing or Unreadable. A photo that waits to be covered is its caller's care."""
    try:
        return b"".join(storage().open_read(copied.key(size)).chunks)
    except Missing:
        return _made(copied)[size]


def draw(copied: Copied) -> None:
    """Make the copies unless they are there already; raises Missing or Unreadable."""
    if not all(storage().exists(copied.key(size)) for size in SIZES):
        _made(copied)


def _made(copied: Copied) -> dict[int, bytes]:
    """Every size at once, for decoding is what costs."""
    with storage().as_file(Storage.original_key(copied.sha256)) as original:
        copies = derive_all(original, boxes=copied.boxes)
    for size, content in copies.items():
        storage().put_bytes(copied.key(size), content)
    return copies
