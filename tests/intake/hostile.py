"""Files that mean harm, made small: each claims to be a ledger."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import xlsxwriter

from app.intake.readers.strangers import OLE

MEGABYTE = 1024 * 1024
TYPES = (
    b'<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    b'<Override PartName="/xl/workbook.xml" '
    b'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>'
)


def ledger() -> bytes:
    """A sound ledger with one row."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet("台账")
    sheet.write_row(0, 0, ["序号", "存在问题", "整改措施"])
    sheet.write_row(1, 0, ["1", "围墙开裂", "联系维修"])
    book.close()
    return out.getvalue()


def with_part(name: str, content: bytes) -> bytes:
    """The sound ledger with one part replaced or added."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(ledger())) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            if part != name:
                new.writestr(part, old.read(part))
        new.writestr(name, content)
    return out.getvalue()


def bomb() -> bytes:
    return with_part("xl/worksheets/sheet2.xml", b"0" * 70 * MEGABYTE)


def far_cell(place: str) -> bytes:
    """Two cells that claim everything between them: seventeen thousand million cells at XFD1048576."""
    row = place.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    cells = f'<row r="1"><c r="A1"><v>1</v></c></row><row r="{row}"><c r="{place}"><v>1</v></c></row>'
    sheet = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    return with_part("xl/worksheets/sheet1.xml", f"{sheet}{cells}</sheetData></worksheet>".encode())


def entities() -> bytes:
    words = '<!DOCTYPE x [<!ENTITY leak SYSTEM "file:///etc/passwd">]><sst>&leak;</sst>'
    return with_part("xl/sharedStrings.xml", f'<?xml version="1.0"?>{words}'.encode("utf-16"))


def macros() -> bytes:
    return with_part("xl/vbaProject.bin", b"Sub Auto_Open()")


def nested() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("inner.zip", ledger())
    return out.getvalue()


def locked() -> bytes:
    return OLE + b"\0" * 504 + "EncryptedPackage\0".encode("utf-16-le") + b"\0" * 4096


def word_97() -> bytes:
    return OLE + b"\0" * 504 + "WordDocument\0".encode("utf-16-le") + b"\0" * 4096


def endless_row() -> bytes:
    """Forty thousand columns in every one of two thousand rows: within the parts' sizes, far beyond memory."""
    row = b"<row>" + b"<c><v>1</v></c>" * 16_000 + b"</row>"
    sheet = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    return with_part("xl/worksheets/sheet1.xml", sheet + row * 200 + b"</sheetData></worksheet>")


# The name under which it comes, the bytes, and a word of the sentence that must come back.
HARMFUL: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "zip bomb": ("台账.xlsx", bomb, "unpacks"),
    "17 thousand million cells": ("台账.xlsx", lambda: far_cell("XFD1048576"), "XFD1048576"),
    "a row far away in a column near by": ("台账.xlsx", lambda: far_cell("B900000"), "B900000 lies below row 20,000"),
    "a column far away": ("台账.xlsx", lambda: far_cell("XFD19000"), "right of column IV"),
    "more cells than memory": ("台账.xlsx", endless_row, "unpacks"),
    "entities from outside": ("台账.xlsx", entities, "entities"),
    "macros": ("台账.xlsm", macros, "macros"),
}
STRANGE: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "an archive in an archive": ("台账.xlsx", nested, "archive"),
    "a password": ("台账.xlsx", locked, "password"),
    "old Word named as a new one": ("报告.docx", word_97, ".docx"),
    "a program named as text": ("清单.txt", lambda: b"MZ\x90\0" + b"\0" * 200, "program"),
    "a scanned page": ("扫描.pdf", lambda: b"%PDF-1.7\n" + b"\0" * 200, "PDF"),
    "a picture named as a ledger": ("台账.xlsx", lambda: b"\x89PNG\r\n\x1a\n" + b"\0" * 200, "picture"),
    "noise": ("清单.csv", lambda: bytes(range(256)) * 40, "UTF-8"),
}


def large(path: Path) -> Path:
    """Sixty megabytes that take no room on the disk."""
    with path.open("wb") as file:
        file.write(b"PK\x03\x04")
        file.truncate(60 * MEGABYTE)
    return path
