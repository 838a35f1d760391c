"""The storage of this house, as its settings name it."""

from __future__ import annotations

from functools import cache

from flask import current_app

from app.evidence.storage import Storage, open_storage


@cache
def opened(where: str) -> Storage:
    """The storage at that address; one process opens it once."""
    return open_storage(where)


def storage() -> Storage:
    """The storage of this house."""
    return opened(current_app.config["EVIDENCE_STORE"])
