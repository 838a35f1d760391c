"""The lots: each number's place in the draw follows from the seed alone, so that anybody can draw it again."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from heapq import nsmallest


def lot(seed: str, number: str) -> str:
    """The lot of one finding: SHA-256 over the seed and its number; the smallest are drawn."""
    return hashlib.sha256(f"{seed}\n{number}".encode()).hexdigest()


def drawn_from(population: Iterable[tuple[int, str]], seed: str, size: int) -> tuple[list[tuple[int, str]], int]:
    """Those drawn, in their order, and from how many; only as many are held as are drawn."""
    count = 0

    def lots() -> Iterator[tuple[str, int, str]]:
        nonlocal count
        for finding_id, number in population:
            count += 1
            yield lot(seed, number), finding_id, number

    smallest = nsmallest(size, lots())
    return [(finding_id, number) for _lot, finding_id, number in smallest], count
