"""How large a picture is and whether it is all there, read from its headers; nothing is decoded here."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from mmap import mmap

MARKS = re.compile(rb"\xff[\x01-\xfe]")  # within a scan 0xFF is data only when zero follows
RESTART_INTERVAL = 0xDD
QUANTIZATION, START_OF_SCAN, END_OF_IMAGE = 0xDB, 0xDA, b"\xff\xd9"
SEQUENTIAL, PROGRESSIVE = {0xC0, 0xC1}, {0xC2}
FRAMES = set(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
LONELY = {0x01, *range(0xD0, 0xD9)}  # markers without a length
CONTAINERS = {b"meta": 12, b"iprp": 8, b"ipco": 8}  # box → bytes before its children


class Broken(ValueError):
    """The headers make no sense, or the end is missing."""


@dataclass(frozen=True)
class Measured:
    """Width and height as stored; `streamed` JPEGs can be drawn small without holding all their pixels."""

    width: int
    height: int
    streamed: bool = False


def jpeg(content: mmap) -> Measured:
    """From the frame header; the end marker must follow the first scan, and its tables must be there."""
    frame, tables, interval = 0, False, 0
    for marker, at in _segments(content):
        tables = tables or marker == QUANTIZATION
        if marker == RESTART_INTERVAL:
            interval = int.from_bytes(content[at + 2 : at + 4])
        if marker in FRAMES:
            frame = at
        if marker == START_OF_SCAN and frame:
            measured = _jpeg(content, frame, at, tables)
            if measured.streamed and interval:
                _check_scan(content, at + int.from_bytes(content[at : at + 2]))
            return measured
    raise Broken("no picture inside")


def _jpeg(content: mmap, frame: int, scan: int, tables: bool) -> Measured:
    marker = content[frame - 1]
    height, width, components = struct.unpack_from(">xHHB", content, frame + 2)
    if marker not in SEQUENTIAL | PROGRESSIVE or not tables:
        raise Broken("a kind of JPEG that nobody draws")
    # A scan with some of the components only: all coefficients are held at once, as in a progressive one.
    streamed = marker in SEQUENTIAL and content[scan + 2] == components
    # In scans 0xFF is always followed by zero or a marker, so this pair can only be the end.
    near = content.rfind(END_OF_IMAGE, max(scan, len(content) - 4096))
    if near < 0 and content.find(END_OF_IMAGE, scan) < 0:
        raise Broken("cut short")
    if streamed and content.find(END_OF_IMAGE, scan) - scan < _least(content, frame, width, height, components):
        raise Broken("cut short, and an end put behind")
    return Measured(width, height, streamed)


def _check_scan(content: mmap, start: int) -> None:
    """Only marks that belong there, and every restart in its turn: a piece torn out of the middle shows so.

    Without restarts, and for a bit that was turned, nothing short of decoding tells; and decoders only warn.
    """
    turn = 0
    for found in MARKS.finditer(content, start):
        mark = found[0][-1]
        if mark == END_OF_IMAGE[1]:
            return
        if mark != 0xD0 + turn:
            raise Broken("damaged inside")
        turn = (turn + 1) % 8


def _least(content: mmap, frame: int, width: int, height: int, components: int) -> int:
    """Bytes that even the plainest picture of that size takes: two bits for each block of eight by eight."""
    sampling = [content[frame + 9 + 3 * number] for number in range(components)]
    across, down = max(s >> 4 for s in sampling) or 1, max(s & 15 for s in sampling) or 1
    units = -(-width // (8 * across)) * -(-height // (8 * down))
    return units * sum((s >> 4) * (s & 15) for s in sampling) // 4


def _segments(content: mmap) -> Iterator[tuple[int, int]]:
    """(marker, where its length stands) up to the first scan."""
    at = 2
    while at + 4 <= len(content) and content[at] == 0xFF:
        marker = content[at + 1]
        if marker == 0xFF or marker in LONELY:
            at += 1 if marker == 0xFF else 2
            continue
        yield marker, at + 2
        at += 2 + max(int.from_bytes(content[at + 2 : at + 4]), 2)


def png(content: mmap) -> Measured:
    """From IHDR, which must come first; IEND must be there."""
    if content[12:16] != b"IHDR" or content.rfind(b"IEND\xaeB`\x82") < 0:
        raise Broken("cut short")
    width, height = struct.unpack_from(">II", content, 16)
    return Measured(width, height)


def webp(content: mmap) -> Measured:
    """From the first chunk: lossy, lossless or extended; RIFF says how long the file must be."""
    if int.from_bytes(content[4:8], "little") + 8 > len(content):
        raise Broken("cut short")
    kind, body = content[12:16], content[20:34]
    if kind == b"VP8X":
        return Measured(int.from_bytes(body[4:7], "little") + 1, int.from_bytes(body[7:10], "little") + 1)
    if kind == b"VP8L":
        bits = int.from_bytes(body[1:5], "little")
        return Measured((bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1)
    if kind == b"VP8 " and body[3:6] == b"\x9d\x01\x2a":
        return Measured(int.from_bytes(body[6:8], "little") & 0x3FFF, int.from_bytes(body[8:10], "little") & 0x3FFF)
    raise Broken("no picture inside")


def heif(content: mmap) -> Measured:
    """The largest picture it describes (a photo lies in tiles, with a thumbnail beside)."""
    sizes = list(_extents(content, 0, len(content)))
    if not sizes:
        raise Broken("no picture inside")
    return max(sizes, key=lambda size: size.width * size.height)


def _extents(content: mmap, start: int, end: int) -> Iterator[Measured]:
    for kind, body, after in _boxes(content, start, end):
        if kind == b"ispe":
            yield Measured(*struct.unpack_from(">II", content, body + 4))
        elif kind in CONTAINERS:
            yield from _extents(content, body - 8 + CONTAINERS[kind], after)


def _boxes(content: mmap, start: int, end: int) -> Iterator[tuple[bytes, int, int]]:
    """(name, where its content begins, where it ends) of every box; a box beyond the end was cut off."""
    while start + 8 <= end:
        length, kind = struct.unpack_from(">I4s", content, start)
        header = 8
        if length == 1:
            length, header = struct.unpack_from(">Q", content, start + 8)[0], 16
        length = length or end - start
        if length < header or start + length > end:
            raise Broken("cut short")
        yield kind, start + header, start + length
        start += length
