"""How large a picture is and whether it is all there, read from its headers; nothing is decoded here."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from mmap import mmap
from zlib import crc32

MARKS = re.compile(rb"\xff[\x01-\xfe]")  # within a scan 0xFF is data only when zero follows
RESTART_INTERVAL, RESTARTS = 0xDD, range(0xD0, 0xD8)
QUANTIZATION, START_OF_SCAN, END_OF_IMAGE = 0xDB, 0xDA, 0xD9
END = bytes((0xFF, END_OF_IMAGE))
BETWEEN = {0xC4, 0xCC, 0xDA, 0xDB, 0xDC, RESTART_INTERVAL, *range(0xE0, 0xF0), 0xFE}  # what may stand between scans
SIGNATURE, END_OF_PNG, MOST_CHUNKS = 8, b"IEND", 100_000
COLOURS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}  # colour type of a PNG → values per pixel
PACKED = 1032  # deflate packs no more than so many bytes into one
BLOCK = 256 * 1024
SEQUENTIAL, PROGRESSIVE = {0xC0, 0xC1}, {0xC2}
FRAMES = set(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
LONELY = {0x01, *range(0xD0, 0xD9)}  # markers without a length
CONTAINERS = {b"meta": 12, b"iprp": 8, b"ipco": 8}  # box → bytes before its children


class Broken(ValueError):
    """The headers make no sense, or the end is missing."""


@dataclass(frozen=True)
class Measured:
    """Width and height as stored; `streamed` JPEGs can be drawn small without holding all their pixels.

    What is `short` cannot hold the pixels that it claims.
    """

    width: int
    height: int
    streamed: bool = False
    short: bool = False


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
            return _jpeg(content, frame, at, tables, interval)
    raise Broken("no picture inside")


def _jpeg(content: mmap, frame: int, scan: int, tables: bool, interval: int) -> Measured:
    marker = content[frame - 1]
    height, width, components = struct.unpack_from(">xHHB", content, frame + 2)
    if marker not in SEQUENTIAL | PROGRESSIVE or not tables:
        raise Broken("a kind of JPEG that nobody draws")
    # A scan with some of the components only: all coefficients are held at once, as in a progressive one.
    streamed = marker in SEQUENTIAL and content[scan + 2] == components
    if streamed and not interval and content[-2:] == END:
        end = len(content)  # one scan without restarts: nothing between tells what only decoding can
    else:
        end = _end_of_scans(content, scan + int.from_bytes(content[scan : scan + 2]), interval)
    if streamed and end - scan < _least(content, frame, width, height, components):
        raise Broken("cut short, and an end put behind")
    return Measured(width, height, streamed)


def _end_of_scans(content: mmap, at: int, interval: int) -> int:
    """Where the picture ends. Only marks that belong there come before, and every restart in its turn.

    A piece torn out of the middle shows so.
    Without restarts, and for a bit that was turned, nothing short of decoding tells; and decoders only warn.
    """
    turn = 0
    while found := MARKS.search(content, at):
        mark, at = found[0][-1], found.end()
        if mark == END_OF_IMAGE:
            return at
        if mark in RESTARTS and interval and mark == RESTARTS[turn]:
            turn = (turn + 1) % len(RESTARTS)
        elif mark in BETWEEN:
            interval = int.from_bytes(content[at + 2 : at + 4]) if mark == RESTART_INTERVAL else interval
            turn, at = 0, at + max(int.from_bytes(content[at : at + 2]), 2)
        else:
            raise Broken("damaged inside")
    raise Broken("cut short")


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
    """From IHDR, which must come first; every chunk with its own sum, up to IEND, and enough of them."""
    if content[12:16] != b"IHDR":
        raise Broken("no picture inside")
    width, height, depth, colours = struct.unpack_from(">IIBB", content, 16)
    packed = sum(length for kind, length in _chunks(content) if kind == b"IDAT")
    row = 1 + (width * depth * COLOURS.get(colours, 1) + 7) // 8
    plain = content[28] == 0  # interlaced ones hold their rows otherwise
    return Measured(width, height, short=plain and packed * PACKED < row * height)


def _chunks(content: mmap) -> Iterator[tuple[bytes, int]]:
    """(name, length) of every chunk up to the end; one whose sum is wrong was damaged."""
    at = SIGNATURE
    for _number in range(MOST_CHUNKS):
        length, kind = struct.unpack_from(">I4s", content, at)
        end = at + 8 + length
        if end + 4 > len(content) or _sum(content, at + 4, end) != int.from_bytes(content[end : end + 4]):
            raise Broken("damaged inside")
        yield kind, length
        if kind == END_OF_PNG:
            return
        at = end + 4
    raise Broken("no end to it")


def _sum(content: mmap, start: int, end: int) -> int:
    value = 0
    for at in range(start, end, BLOCK):
        value = crc32(content[at : min(at + BLOCK, end)], value)
    return value


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
