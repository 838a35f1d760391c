"""How long a list is, told without reading it: short ones are read while one waits, long ones as background work."""

from __future__ import annotations

import zipfile
import zlib
from pathlib import Path

from flask import current_app

from app.evidence.ours import storage
from app.evidence.storage import Storage
from app.intake.actions import Sent
from app.intake.readers.strangers import refuse_the_known, refuse_unless_xls
from app.intake.reading import Unreadable

LOOKED_AT = 16 * 1024 * 1024  # of what a package unpacks to
BLOCK = 64 * 1024
OLD_ROW = 400  # bytes a row of an old workbook takes at least
ROWS = {"xl/worksheets/": b"<row ", "word/document": b"</w:tr>"}
OLE, ZIP = b"\xd0\xcf\x11\xe0", b"PK\x03\x04"


def is_long(sent: Sent) -> bool:
    """Whether the file that was sent has more rows, or more bytes, than are read while one waits."""
    if not sent.name:
        return False
    large, most = sent.size > current_app.config["LIST_BYTES"], current_app.config["LIST_ROWS"]
    if not large and sent.size <= most * 8:
        return False
    with storage().as_file(Storage.original_key(sent.sha256)) as path:
        return not is_refused(path) and (large or rows_in(path, most) > most)


def is_refused(path: Path) -> bool:
    """Whether its first bytes tell already that it is not read; nobody waits for a worker to be told so."""
    with path.open("rb") as file:
        head = file.read(4096)
    if head.startswith(ZIP):
        return False
    try:
        refuse_unless_xls(path) if head.startswith(OLE) else refuse_the_known(head)
    except Unreadable:
        return True
    return False


def rows_in(path: Path, most: int) -> int:
    """About how many rows the file has; counting stops beyond `most`, and damaged files have none."""
    with path.open("rb") as file:
        head = file.read(4)
    if head.startswith(OLE):
        return path.stat().st_size // OLD_ROW
    if not head.startswith(ZIP):
        return _counted(path.open("rb"), b"\n", most)
    try:
        with zipfile.ZipFile(path) as package:
            return _rows_of(package, most)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, OSError, RuntimeError, ValueError):
        return 0  # the reader says what is wrong with it


def _rows_of(package: zipfile.ZipFile, most: int) -> int:
    rows = 0
    for name in package.namelist():
        mark = next((mark for part, mark in ROWS.items() if name.startswith(part)), None)
        if mark is not None and rows <= most:
            rows += _counted(package.open(name), mark, most)
    return rows


def _counted(stream: object, mark: bytes, most: int) -> int:
    rows, seen, tail = 0, 0, b""
    with stream as file:  # type: ignore[attr-defined]
        while rows <= most and seen < LOOKED_AT and (block := file.read(BLOCK)):
            rows += (tail + block).count(mark)
            seen, tail = seen + len(block), block[1 - len(mark) :] if len(mark) > 1 else b""
    return rows
