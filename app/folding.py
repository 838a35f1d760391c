"""Folding text for search: width, case, and traditional characters make no difference."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from opencc import OpenCC

BLANKS = re.compile(r"\s+")


@cache
def _simplifier() -> OpenCC:
    return OpenCC("t2s")


def fold(text: str) -> str:
    """`text` under NFKC, in simplified characters, lower case, with single blanks."""
    plain = unicodedata.normalize("NFKC", text)
    return BLANKS.sub(" ", _simplifier().convert(plain).lower()).strip()
