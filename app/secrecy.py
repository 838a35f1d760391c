"""Words that only the house may read again: encrypted with a key drawn from its secret, one key for each use."""

from __future__ import annotations

from base64 import urlsafe_b64encode

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from flask import current_app


class Unreadable(Exception):
    """It was concealed under a secret that the house no longer has."""


def conceal(use: str, words: str) -> str:
    """The words as they may lie in a table; concealed under the present secret."""
    return _locks(use).encrypt(words.encode()).decode()


def reveal(use: str, kept: str) -> str:
    """The words again, whichever of the present and former secrets concealed them; raises Unreadable."""
    try:
        return _locks(use).decrypt(kept.encode()).decode()
    except InvalidToken:
        raise Unreadable from None


def _locks(use: str) -> MultiFernet:
    secrets = [current_app.config["SECRET_KEY"], *current_app.config["SECRET_KEY_FALLBACKS"]]
    return MultiFernet([Fernet(_key(secret, use)) for secret in secrets])


def _key(secret: str, use: str) -> bytes:
    drawn = HKDF(algorithm=SHA256(), length=32, salt=None, info=f"rectify {use}".encode())
    return urlsafe_b64encode(drawn.derive(secret.encode()))
