"""Files between preview and confirmation: kept for a day under names that only the server can make."""

from __future__ import annotations

import secrets
from pathlib import Path

from itsdangerous import BadSignature, URLSafeTimedSerializer

HOURS = 24
KEPT = 50  # the newest files; older ones are swept when another comes


class Gone(Exception):
    """The file is no longer there, or was another person's."""


def keep(content: bytes, folder: Path, secret: str, owner_id: int) -> str:
    """Store the file; returns the signed ticket with which its owner comes back for it."""
    folder.mkdir(parents=True, exist_ok=True)
    name = secrets.token_hex(16)
    (folder / name).write_bytes(content)
    for old in sorted(folder.iterdir(), key=lambda path: path.stat().st_mtime, reverse=True)[KEPT:]:
        old.unlink(missing_ok=True)
    return _signer(secret).dumps([name, owner_id])


def fetch(ticket: str, folder: Path, secret: str, owner_id: int) -> bytes:
    """The file behind a ticket; Gone when it is not hers, too old or swept."""
    try:
        name, owner = _signer(secret).loads(ticket, max_age=HOURS * 3600)
        if owner != owner_id:
            raise Gone
        return (folder / str(name)).read_bytes()
    except (BadSignature, ValueError, TypeError, OSError) as error:
        raise Gone from error


def _signer(secret: str) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(secret, salt="import of units and people")
