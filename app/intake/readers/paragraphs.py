"""Paragraphs of a document as lines, and as tables where they are rows of one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from app.intake.readers import emoji, flattened, scanned
from app.intake.readers.grids import Grid
from app.intake.readers.lines import Line, lines_of
from app.intake.readers.tables import blocks_of


def in_order(blocks: Sequence[str | Grid]) -> list[Line | Grid]:
    """Paragraphs and tables as they stand; every one counts, so that its number tells the place."""
    parts, at = list[Line | Grid](), 0
    for _are_words, run in groupby(blocks, lambda block: isinstance(block, str)):
        held = list(run)
        words = [one for one in held if isinstance(one, str)]
        parts += _from_words("\n".join(words), at) if words else [one for one in held if isinstance(one, Grid)]
        at += len(held)
    return parts


def _from_words(text: str, before: int) -> Iterator[Line | Grid]:
    """Paragraphs as lines, also those that are rows of a table written with tabs, bars or a cell a line."""
    for block in blocks_of(flattened.restored(lines_of(scanned.mended(emoji.without(text))))):
        if isinstance(block, Grid):
            block.lines = [number + before for number in block.lines]
            yield block
        else:
            yield Line(block.number + before, block.raw.replace("\t", " "), block.plain.replace("\t", " "))
