"""Lines of a text, each beside a folded copy of the same length that is only for matching."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from typing import NamedTuple

import opencc

from app.intake.readers.rules import rule

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
}
_FOLD = {**_PAIRS, **{ord(odd): ord(plain) for odd, plain in _ODD.items()}}
_WIDTHS = {chr(code): plain if isinstance(plain, str) else chr(plain) for code, plain in _FOLD.items()}
_WIDE = rule("[" + "".join(map(re.escape, _WIDTHS)) + "]")


class Line(NamedTuple):
    """A piece of text at line `number` (from 1); `raw` and `plain` have the same length."""

    number: int
    raw: str
    plain: str

    def cut(self, start: int, end: int | None = None) -> Line:
        """The part from `start` to `end`, without blanks around it."""
        raw, plain = self.raw[start:end], self.plain[start:end]
        size = len(plain.strip())
        if size == len(plain):
            return Line(self.number, raw, plain)
        lead = len(plain) - len(plain.lstrip())
        return Line(self.number, raw[lead : lead + size], plain[lead : lead + size])


_CLAUSE = rule(r"[^;。]+[;。]?")


def clauses_of(line: Line) -> list[Line]:
    """What semicolons and full stops part, each with its own."""
    return [line.cut(*hit.span()) for hit in _CLAUSE.finditer(line.plain)]


@functools.lru_cache(maxsize=1)
def _table() -> dict[int, str]:
    """Every sign that is looked at as another one: width, quotes, traditional characters one by one."""
    signs = [chr(code) for code in (*range(0x3400, 0xA000), *range(0xF900, 0xFB00))]
    simple = opencc.OpenCC("t2s").convert("\n".join(signs)).split("\n")
    pairs = zip(signs, simple, strict=True)
    plain = {ord(sign): near for sign, near in pairs if sign != near and len(near) == 1}
    return {**plain, **{ord(wide): near for wide, near in _WIDTHS.items()}}


@functools.lru_cache(maxsize=1)
def _odd_signs() -> re.Pattern[str]:
    return re.compile("[" + "".join(re.escape(chr(code)) for code in _table()) + "]")


def _usual(hit: re.Match[str]) -> str:
    return _table()[ord(hit[0])]


_KEPT: dict[str, str] = {}
_MOST = 60_000
_PART = "\x01"


def fold(text: str) -> str:
    """Half-width, simplified, same length: what the rules look at instead of the raw text."""
    plain = _KEPT.get(text)
    if plain is None:
        plain = _folded(text)
        if len(_KEPT) >= _MOST:
            _KEPT.clear()
        _KEPT[text] = plain
    return plain


def _folded(text: str) -> str:
    if text.isascii():
        return text
    return _WIDE.sub(_half, text) if _is_simple(text) else _odd_signs().sub(_usual, text)


def _half(hit: re.Match[str]) -> str:
    return _WIDTHS[hit[0]]


def fold_at_once(texts: list[str]) -> list[str]:
    """Fold many cells in one go: a column of ten thousand costs as much as a few hundred."""
    joined = _PART.join(texts)
    plains = (_half_width(joined) if _is_simple(joined) else _folded(joined)).split(_PART)
    return plains if len(plains) == len(texts) else [fold(text) for text in texts]


def keep(pairs: Mapping[str, str]) -> None:
    """Let `fold` know what was folded at once."""
    if len(_KEPT) + len(pairs) > _MOST:
        _KEPT.clear()
    _KEPT.update(pairs)


def _is_simple(text: str) -> bool:
    """Nothing but simplified characters, as GB 2312 holds them: only width and quotes are to be folded."""
    try:
        text.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


def _half_width(text: str) -> str:
    for wide in _WIDTHS:
        if wide in text:  # looked for one by one: a pattern of all of them takes three times as long
            text = text.replace(wide, _WIDTHS[wide])
    return text


def lines_of(text: str) -> list[Line]:
    """Every line of `text`, empty ones too, so that numbers are those the reader of the text sees.

    Two wide blanks begin a paragraph and say nothing.
    """
    raws = [raw.lstrip("\u3000") for raw in text.replace("\r\n", "\n").replace("\r", "\n").split("\n")]
    plain = fold("\n".join(raws)).split("\n")
    return [Line(place, raw, near) for place, (raw, near) in enumerate(zip(raws, plain, strict=True), 1)]
