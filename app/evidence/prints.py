"""What a picture is recognised by: dHash and pHash, 64 bits each, and the bands by which a database finds them.

Two hashes that differ in at most seven bits agree in one of four bands of sixteen bits but for one bit, so
looking up every band as it is and with each bit flipped finds them all.
"""

from __future__ import annotations

import math
import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

DHASH, PHASH = "d", "p"
MOST = {DHASH: 7, PHASH: 6}  # bits; measured on photos that were sent on, shrunk and stamped
ACROSS, DOWN = 9, 8  # the grey picture that dHash compares, pixel by pixel with the one to its right
SIDE, LOW = 32, 8  # the grey picture that pHash transforms, and how many of its slowest waves count
PLAIN = 5.0  # levels of grey: a picture that varies less is dark, blank or covered, and is like all such
BANDS, WIDTH = 4, 16
_WAVES = [[math.cos(math.pi * k * (2 * n + 1) / (2 * SIDE)) for n in range(SIDE)] for k in range(LOW)]


@dataclass(frozen=True)
class Print:
    """One hash of a picture, or of a part of it."""

    kind: str
    part: str
    bits: int


def is_plain(grey: bytes) -> bool:
    """Whether so little varies that any other dark or blank picture would be like it."""
    return statistics.pstdev(grey) < PLAIN


def dhash(grey: bytes) -> int:
    """From 9 × 8 levels of grey, row by row: whether it gets brighter to the right."""
    bits = 0
    for row in range(DOWN):
        line = grey[row * ACROSS : (row + 1) * ACROSS]
        for left, right in pairwise(line):
            bits = bits << 1 | (right > left)
    return bits


def phash(grey: bytes) -> int:
    """From 32 × 32 levels of grey: which of the 64 slowest waves are stronger than the median."""
    rows = [_slow(grey[at : at + SIDE]) for at in range(0, SIDE * SIDE, SIDE)]
    columns = [_slow(column) for column in zip(*rows, strict=True)]  # columns[x][y]
    waves = [columns[x][y] for y in range(LOW) for x in range(LOW)]
    middle = statistics.median(waves)
    bits = 0
    for wave in waves:
        bits = bits << 1 | (wave > middle)
    return bits


def _slow(line: Sequence[float]) -> list[float]:
    return [sum(level * factor for level, factor in zip(line, wave, strict=True)) for wave in _WAVES]


def distance(one: int, other: int) -> int:
    """In how many bits two hashes differ."""
    return (one ^ other).bit_count()


def signed(bits: int) -> int:
    """As a database keeps 64 bits."""
    return bits - (1 << 64) if bits >> 63 else bits


def unsigned(number: int) -> int:
    """As they were before."""
    return number & (1 << 64) - 1


def bands(bits: int) -> list[int]:
    """The four bands, the lowest bits first."""
    return [bits >> WIDTH * band & (1 << WIDTH) - 1 for band in range(BANDS)]


def near(band: int) -> list[int]:
    """The band as it is, and with each of its bits flipped."""
    return [band, *(band ^ 1 << bit for bit in range(WIDTH))]
