"""Keys for signatures: each derived from the house's secret for one use, the present one first."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable

from flask import current_app


def keys_for(use: str) -> list[bytes]:
    """The key for `use`, and those that former secrets gave; the first one signs, all of them verify."""
    secrets = [current_app.config["SECRET_KEY"], *current_app.config["SECRET_KEY_FALLBACKS"]]
    return [_hmac(secret.encode(), f"rectify {use}") for secret in secrets]


def sign(key: bytes, message: str) -> str:
    """The signature of `message`."""
    return _hmac(key, message).hex()


def is_signed(keys: Iterable[bytes], message: str, signature: str) -> bool:
    """Whether one of the keys made that signature."""
    return any(hmac.compare_digest(sign(key, message), signature) for key in keys)


def _hmac(key: bytes, message: str) -> bytes:
    return hmac.new(key, message.encode(), hashlib.sha256).digest()
