"""Zip packages (.xlsx, .docx) judged by what they declare, before anything in them is unpacked."""

from __future__ import annotations

import re
import zipfile
import zlib
from pathlib import Path
from typing import Literal

from app import prologs
from app.intake.readers import strangers
from app.intake.reading import Unreadable
from workflows.grammar import say

MEGABYTE = 1024 * 1024
PARTS, WORDS, PICTURES, RATIO = 3000, 60 * MEGABYTE, 200 * MEGABYTE, 100
SMALL = MEGABYTE  # below this a part may be squeezed as it likes
ROWS, COLUMNS, CELLS = 20_000, 256, 1_500_000
BROKEN = say("The file is damaged. Open it in Excel, Word or WPS, save it anew and choose it again.")
BOMB = say("The file unpacks to far more than a list needs; nothing was read. Copy the list into a new file and choose "
           "that.")  # fmt: skip
ENTITIES = say("The file declares entities of its own, which no Office program does; nothing was read. Copy the list "
               "into a new file and choose that.")  # fmt: skip
TOO_FAR = say("A sheet reaches over more than 20,000 rows or 256 columns; nothing was read. Delete what does not belong "
              "to the list, or split it.")  # fmt: skip
MAIN: dict[bytes, tuple[str, Literal["xlsx", "docx"]]] = {
    b"spreadsheetml.sheet.main+xml": ("xl/workbook.xml", "xlsx"),
    b"wordprocessingml.document.main+xml": ("word/document.xml", "docx"),
}
# A cell that holds something below row 20,000; styled empty ones (<c …/>) are harmless and common.
_FAR = re.compile(rb"""=(?<=\sr=)\s*["']([A-Z]+(?:\d{6,}|[3-9]\d{4}|2[1-9]\d{3}|20[1-9]\d\d))["'][^>]*(?<!/)>""")
_WIDE = re.compile(rb"""=(?<=\sr=)\s*["']((?:[A-Z]{3}|[J-Z][A-Z]|I[W-Z])\d+)["'][^>]*(?<!/)>""")
_END = 200_000


def kind_of_package(path: Path) -> Literal["xlsx", "docx"]:
    """What a package holds; raises Unreadable for bombs, macros, passwords, entities and other archives."""
    try:
        with zipfile.ZipFile(path) as package:
            _check_parts(package.infolist())
            kind = _kind(package)
            prologs.check(package)
            return kind
    except prologs.Declares as why:
        raise Unreadable(ENTITIES) from why
    except prologs.NotXml as why:
        raise Unreadable(BROKEN, 422) from why
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, OSError, ValueError) as error:
        raise Unreadable(BROKEN, 422) from error


def _check_parts(parts: list[zipfile.ZipInfo]) -> None:
    if any(part.flag_bits & 1 for part in parts):
        raise Unreadable(strangers.LOCKED)
    media = sum(part.file_size for part in parts if "/media/" in part.filename)
    words = sum(part.file_size for part in parts) - media
    if len(parts) > PARTS or words > WORDS or media > PICTURES or any(map(_squeezed, parts)):
        raise Unreadable(BOMB)
    if any(part.filename.lower().endswith("vbaproject.bin") for part in parts):
        raise Unreadable(strangers.MACROS)


def _squeezed(part: zipfile.ZipInfo) -> bool:
    return part.file_size > SMALL and part.file_size > RATIO * max(part.compress_size, 1)


def _kind(package: zipfile.ZipFile) -> Literal["xlsx", "docx"]:
    names = set(package.namelist())
    if "mimetype" in names and package.read("mimetype").startswith(b"application/vnd.oasis"):
        raise Unreadable(strangers.OPEN_DOCUMENT)
    types = package.read("[Content_Types].xml") if "[Content_Types].xml" in names else b""
    if b"macroEnabled" in types or b"vbaProject" in types:
        raise Unreadable(strangers.MACROS)
    for main, (part, kind) in MAIN.items():
        if main in types and part in names:
            return kind
    raise Unreadable(strangers.ARCHIVE)


def check_reach(sheet: bytes) -> None:
    """One cell far away would make a reader lay out everything between: rows ascend, so the end of the sheet tells.

    What stands far to the right in the middle of it, or hides its row, is stopped by the memory that the child may use.
    """
    if far := _FAR.search(sheet, max(0, len(sheet) - _END)):
        raise Unreadable(say(
            "Cell %(cell)s lies below row 20,000, where a sheet ends for us; nothing was read. Most often it was left "
            "there by mistake: copy the list alone into a new file and choose that, or split the list.",
            cell=far[1].decode(),
        ))  # fmt: skip
    if wide := _WIDE.search(sheet, 0, _END) or _WIDE.search(sheet, max(0, len(sheet) - _END)):
        raise Unreadable(say(
            "Cell %(cell)s lies right of column IV (256), where a sheet ends for us; nothing was read. Most often it was "
            "left there by mistake: copy the list alone into a new file and choose that.",
            cell=wide[1].decode(),
        ))  # fmt: skip
    if sheet.count(b"<row") > 8 * ROWS or (len(sheet) > CELLS * len("<c />") and sheet.count(b"<c ") > CELLS):
        raise Unreadable(TOO_FAR)
