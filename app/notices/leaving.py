"""Links by which somebody asks to be spared what is not duty, without signing in: signed, and good for nothing else."""

from __future__ import annotations

from flask import current_app
from itsdangerous import BadSignature, URLSafeSerializer

KINDS = ("news", "weekly")


def _signer() -> URLSafeSerializer:
    keys = [*current_app.config["SECRET_KEY_FALLBACKS"], current_app.config["SECRET_KEY"]]  # the last one signs
    return URLSafeSerializer(keys, salt="leave-notices")


def mark(person_id: int, kind: str) -> str:
    """What to put into the address for that person and that kind."""
    return str(_signer().dumps([person_id, kind]))


def read(given: str) -> tuple[int, str] | None:
    """Whose it is and what it ends; None when it was made up."""
    try:
        person_id, kind = _signer().loads(given)
    except (BadSignature, ValueError, TypeError):
        return None
    return (int(person_id), kind) if kind in KINDS else None
