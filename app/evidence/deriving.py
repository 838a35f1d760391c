"""Copies for the eye: made from the original when first asked for, and kept."""

from __future__ import annotations

from app.evidence.faults import Missing
from app.evidence.pictures import derive_all
from app.evidence.receiving import storage
from app.evidence.storage import Storage


def derived(sha256: str, size: int) -> bytes:
    """The copy of that size; raises Missing or Unreadable."""
    try:
        return b"".join(storage().open_read(Storage.derived_key(sha256, size)).chunks)
    except Missing:
        return _made(sha256)[size]


def _made(sha256: str) -> dict[int, bytes]:
    """Every size at once, for decoding is what costs."""
    with storage().as_file(Storage.original_key(sha256)) as original:
        copies = derive_all(original)
    for size, content in copies.items():
        storage().put_bytes(Storage.derived_key(sha256, size), content)
    return copies
