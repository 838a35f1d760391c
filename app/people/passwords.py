"""Own passwords: how they are kept, and what makes one good enough."""

from __future__ import annotations

import re
import secrets
import unicodedata
from collections.abc import Iterable
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from flask import current_app
from flask_babel import lazy_gettext as _l

RULE = _l("At least 8 characters, without your login, name or phone number, and nothing that everybody tries first.")
SHORTEST, LONGEST, FEWEST = 8, 200, 5

# What stands at the front of a commonplace password, and what is hung onto it.
STEMS = """
    password passwd admin administrator root user guest test teacher student school xuexiao jiaoyu laoshi
    qwerty qwertyuiop asdfgh asdfghjkl zxcvbn zxcvbnm qazwsx qazwsxedc 1qaz2wsx 1q2w3e4r q1w2e3r4 abcd abc a aa aaa
    woaini woaini1314 iloveyou welcome hello letmein dragon monkey rectify zhenggai zhenggaitong p@ssw0rd passw0rd qq
""".split()  # noqa: SIM905
TAILS = ("", "1", "12", "123", "1234", "12345", "123456", "123456789", "111", "000", "520", "521", "666", "888", "1314")
ROWS = ("01234567890123456789", "abcdefghijklmnopqrstuvwxyz", "qwertyuiopasdfghjklzxcvbnm", "147258369147258369")
COMMONEST = frozenset(stem + tail for stem in STEMS for tail in TAILS)
BIRTHDAY = re.compile(r"(19|20)\d\d(0[1-9]|1[0-2])([0-2]\d|3[01])")


def why_poor(password: str, names: Iterable[str] = ()) -> str:
    """Which part of RULE it breaks; empty when it is good. `names` are what the person is known by."""
    typed = plain(password).casefold()
    own = [plain(name).casefold() for name in names if len(name) > 2]
    if len(typed) < SHORTEST:
        return _l("It is too short: %(n)d of at least %(least)d characters.", n=len(typed), least=SHORTEST)
    if any(name in typed for name in own):
        return _l("Your login, name or phone number stands in it; leave that out.")
    return _why_guessed(typed)


def _why_guessed(typed: str) -> str:
    bare = typed.rstrip("!.。@#*?~_-")
    if len(set(typed)) < FEWEST:
        return _l("The same few characters are repeated; use at least %(n)d different ones.", n=FEWEST)
    if BIRTHDAY.fullmatch(bare):
        return _l("It is a date; dates are tried first. Add words.")
    if any(bare in row or bare in row[::-1] for row in ROWS):
        return _l("It follows the keyboard, the alphabet or the digits in a row. Choose something less regular.")
    if bare in COMMONEST:
        return _l("It is one of the passwords that everybody tries first. Choose another.")
    return ""


def hashed(password: str) -> str:
    """What is kept of a password: argon2id with the house's settings."""
    return _hasher().hash(plain(password))


def fits(kept: str, password: str) -> bool:
    """Whether `password` is the one kept; without one it takes as long and never fits."""
    try:
        return _hasher().verify(kept or _nobodys(), plain(password)) and bool(kept)
    except (VerificationError, InvalidHashError):
        return False


def is_outdated(kept: str) -> bool:
    """Whether the house's settings have changed since this was hashed."""
    return _hasher().check_needs_rehash(kept)


def _hasher() -> PasswordHasher:
    return PasswordHasher(**current_app.config["ARGON2"])


def _nobodys() -> str:
    return _made_up(*current_app.config["ARGON2"].values())


@cache
def _made_up(*_cost: int) -> str:
    return hashed(secrets.token_urlsafe())


def plain(text: str) -> str:
    """Full-width and half-width typing of the same password are the same."""
    return unicodedata.normalize("NFKC", text)
