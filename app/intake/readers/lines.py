"""Lines of a text, each beside a folded copy of the same length that is only for matching."""

from __future__ import annotations

import functools
from typing import NamedTuple

import opencc

_PAIRS = {0xFF01 + step: 0x21 + step for step in range(94)}
_ODD = {
    "\u3000": " ",
    "\u00a0": " ",
    "\ufeff": " ",
    "【": "[",
    "】": "]",
    "〔": "[",
    "〕": "]",
    "﹕": ":",
    "︰": ":",
    "「": '"',
    "」": '"',
    "『": '"',
    "』": '"',
    "“": '"',
    "”": '"',
    "＂": '"',
    "│": "|",
    "┃": "|",
    "\t": "\t",
}
_FOLD = {**_PAIRS, **{ord(odd): ord(plain) for odd, plain in _ODD.items()}}


class Line(NamedTuple):
    """A piece of text at line `number` (from 1); `raw` and `plain` have the same length."""

    number: int
    raw: str
    plain: str

    def cut(self, start: int, end: int | None = None) -> Line:
        """The part from `start` to `end`, without blanks around it."""
        raw, plain = self.raw[start:end], self.plain[start:end]
        lead = len(plain) - len(plain.lstrip())
        size = len(plain.strip())
        return Line(self.number, raw[lead : lead + size], plain[lead : lead + size])


@functools.lru_cache(maxsize=1)
def _table() -> dict[int, str]:
    """Every sign that is looked at as another one: width, quotes, traditional characters one by one."""
    signs = [chr(code) for code in (*range(0x3400, 0xA000), *range(0xF900, 0xFB00))]
    simple = opencc.OpenCC("t2s").convert("\n".join(signs)).split("\n")
    pairs = zip(signs, simple, strict=True)
    plain = {ord(sign): near for sign, near in pairs if sign != near and len(near) == 1}
    return {**plain, **{code: near if isinstance(near, str) else chr(near) for code, near in _FOLD.items()}}


@functools.lru_cache(maxsize=8192)
def fold(text: str) -> str:
    """Half-width, simplified, same length: what the rules look at instead of the raw text."""
    return text if text.isascii() else text.translate(_table())


def lines_of(text: str) -> list[Line]:
    """Every line of `text`, empty ones too, so that numbers are those the reader of the text sees."""
    raws = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    plain = fold("\n".join(raws)).split("\n")
    return [Line(place, raw, near) for place, (raw, near) in enumerate(zip(raws, plain, strict=True), 1)]
