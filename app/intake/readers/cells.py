"""Several items in one cell: 1. … 2. …, ①…②…, 一是…;二是…, or whole sentences line by line."""

from __future__ import annotations

import functools
import re

from app.intake.readers.judging import sounds_like_an_act, sounds_wrong
from app.intake.readers.lines import Line, fold
from app.intake.readers.numbering import segments_of
from app.intake.readers.rules import rule

_FIRST = frozenset(" 0123456789(一二三四五六七八九十第其①②③④⑤⑴⑵⑶")
_GOES_ON = rule(r"(?:其中|且|并|同时|另|也|导致|造成|致使|存在(?:安全)?隐患)")
Parts = list[tuple[str, str]]  # the number as written, "" for none; the words
COUNTS = r"\s*[(]?\s?(?:\d{1,2}|[一二三四五六七八九十]{1,3})\s?[)、.:]|\s*[①-⑳⑴-⒇]|\s*(?:第|其)?一[是、,:]"
FIRST_OF = r":\s*[(]?[1一①⑴]"
_BEGINS = rule(rf"{COUNTS}|[^\n:]{{1,24}}{FIRST_OF}")


def parts_of(text: str) -> Parts:
    """The items of a cell; one whole item when nothing parts it."""
    return list(_parts_of(text))


@functools.lru_cache(maxsize=1024)
def _parts_of(text: str) -> Parts:
    plain = fold(text)
    if plain and not ((plain[0] in _FIRST or ":" in plain[:26]) and _BEGINS.match(plain)):
        return _sentences(text, plain) if "\n" in text else _clauses(text, plain)
    last: dict[str, int] = {}
    raws, plains = text.split("\n"), plain.split("\n")
    pieces = [
        piece for raw, near in zip(raws, plains, strict=True) if near.strip()
        for piece in segments_of(Line(0, raw, near), last)
    ]  # fmt: skip
    if pieces and pieces[0].label is None and pieces[0].plain.endswith(":") and len(pieces) > 2:
        pieces = pieces[1:]
    if not pieces or pieces[0].label is None:
        return [("", text)]
    return _joined([(piece.label.raw if piece.label else "", piece.raw) for piece in pieces])


def _joined(pieces: Parts) -> Parts:
    """Lines without a number go on with the item above."""
    items: Parts = []
    for label, words in pieces:
        if label or not items:
            items.append((label, words))
        else:
            items[-1] = (items[-1][0], items[-1][1] + words)
    return [item for item in items if item[1].strip()]


def _sentences(text: str, plain: str) -> Parts:
    """Lines that each are a whole sentence of something wrong are items; else the cell was only wrapped."""
    raws = [line.strip() for line in text.split("\n") if line.strip()]
    nears = [line.strip() for line in plain.split("\n") if line.strip()]
    whole = all(len(near) > 5 and near.endswith(("。", ";", ".")) and sounds_wrong(near) for near in nears)
    return [("", raw) for raw in raws] if len(raws) > 1 and whole else [("", "".join(raws))]


def _clauses(text: str, plain: str) -> Parts:
    """“未开设劳动课(扣2分);课时不足(扣1.5分)”: each clause tells of something wrong by itself."""
    cuts = [hit.span() for hit in re.finditer(r"[^;]+", plain) if hit[0].strip()]
    if len(cuts) < 2 or not all(end - start > 5 and _stands_alone(plain[start:end]) for start, end in cuts):
        return [("", text)]
    return [("", text[start:end].strip()) for start, end in cuts]


def _stands_alone(plain: str) -> bool:
    return sounds_wrong(plain) and not sounds_like_an_act(plain) and not _GOES_ON.match(plain.strip())
