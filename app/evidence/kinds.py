"""What a file is, told by its content and never by its name; what we do not take is refused with the reason."""

from __future__ import annotations

import struct
from collections.abc import Callable
from dataclasses import dataclass
from mmap import ACCESS_READ, mmap
from pathlib import Path
from typing import IO

from app.evidence import pixels, strangers
from app.evidence.documents import check_office, check_pdf
from app.evidence.faults import Refused
from workflows.grammar import say

__all__ = ["Kind", "Refused", "kind_of"]
MEGAPIXEL = 1_000_000
MOST = {"image/webp": 24}  # megapixels: its decoder holds four copies of every pixel
MOST_USUAL, MOST_STREAMED = 50, 220  # a JPEG that can be drawn small needs no room for all its pixels
OOXML = "application/vnd.openxmlformats-officedocument."
PAPERS = {".docx": f"{OOXML}wordprocessingml.document", ".xlsx": f"{OOXML}spreadsheetml.sheet"}
HEIC = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx"}


@dataclass(frozen=True)
class Kind:
    """A file that is taken: how it is served, how its name ends, and the size of a picture as stored."""

    media_type: str
    extension: str
    is_picture: bool = False
    width: int | None = None
    height: int | None = None


def kind_of(path: Path, name: str) -> Kind:
    """The kind of the file at `path`; `name` is only repeated in the sentence of a refusal."""
    if path.stat().st_size == 0:
        raise Refused(strangers.EMPTY)
    with path.open("rb") as file, mmap(file.fileno(), 0, access=ACCESS_READ) as content:
        return _kind(file, content, name)


def _kind(file: IO[bytes], content: mmap, name: str) -> Kind:
    if content[:3] == b"\xff\xd8\xff":
        return _picture(content, name, pixels.jpeg, "image/jpeg", ".jpg")
    if content[:8] == b"\x89PNG\r\n\x1a\n":
        return _picture(content, name, pixels.png, "image/png", ".png")
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return _picture(content, name, pixels.webp, "image/webp", ".webp")
    if content[4:8] == b"ftyp" and HEIC & _brands(content):
        return _picture(content, name, pixels.heif, "image/heic", ".heic")
    if content[:5] == b"%PDF-":
        check_pdf(content)
        return Kind("application/pdf", ".pdf")
    if content[:4] == b"PK\x03\x04":
        extension = check_office(file, content)
        return Kind(PAPERS[extension], extension)
    raise Refused(strangers.name_the(content))


def _brands(content: mmap) -> set[bytes]:
    """What an ISO container says it can be read as: its own brand and those it is compatible with."""
    end = min(int.from_bytes(content[:4]), 256)
    return {content[8:12], *(content[at : at + 4] for at in range(16, end, 4))}


def _picture(
    content: mmap, name: str, measure: Callable[[mmap], pixels.Measured], media_type: str, extension: str
) -> Kind:
    try:
        measured = measure(content)
    except (pixels.Broken, struct.error, IndexError) as error:
        raise cut_short(name) from error
    _check_pixels(measured, name, MOST.get(media_type, MOST_USUAL))
    if measured.short:
        raise cut_short(name)
    return Kind(media_type, extension, True, measured.width, measured.height)


def cut_short(name: str) -> Refused:
    """The refusal of a picture that is not whole."""
    return Refused(
        say(
            "The picture “%(name)s” arrived incomplete or is damaged. Choose it again, or take the photo anew.",
            name=name,
        )
    )


def _check_pixels(measured: pixels.Measured, name: str, most: int) -> None:
    count = measured.width * measured.height
    if count == 0:
        raise cut_short(name)
    limit = MOST_STREAMED if measured.streamed else most
    if count > limit * MEGAPIXEL:
        raise Refused(say(
            "The picture “%(name)s” has %(pixels)s million pixels; %(limit)s million is the most. "
            "Set the camera to a smaller size, or shrink it and upload it again.",
            name=name, pixels=-(-count // MEGAPIXEL), limit=limit,
        ))  # fmt: skip
