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
def _simplifier() -> opencc.OpenCC:
    return opencc.OpenCC("t2s")


@functools.lru_cache(maxsize=4096)
def fold(text: str) -> str:
    """Half-width, simplified, same length: what the rules look at instead of the raw text."""
    folded = text.translate(_FOLD)
    if folded.isascii():
        return folded
    readable = folded.encode("utf-8", "replace").decode("utf-8")  # lone surrogates would stop opencc
    simple = _simplifier().convert(readable.replace("\x00", " "))
    return simple if len(simple) == len(folded) else folded


def lines_of(text: str) -> list[Line]:
    """Every line of `text`, empty ones too, so that numbers are those the reader of the text sees."""
    raws = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    plain = fold("\n".join(raws)).split("\n")
    if len(plain) != len(raws) or any(len(a) != len(b) for a, b in zip(raws, plain, strict=True)):
        plain = [fold(raw) for raw in raws]
    return [Line(place, raw, near) for place, (raw, near) in enumerate(zip(raws, plain, strict=True), 1)]
