"""Open a file by what it is, never by its name, and hand its text and tables to the readers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from app.intake.readers import delimited, documents, packages, strangers, workbooks
from app.intake.readers.reader import read_grids, read_text
from app.intake.reading import Reading, Unreadable


def open_and_read(path: Path, name: str, year: int | None, columns: Mapping[str, str]) -> Reading:
    """The reading of the file at `path`; raises Unreadable. Runs in the child process, see `app.intake.files`."""
    head = _head(path)
    if head.startswith(b"PK\x03\x04"):
        return _package(path, year, columns)
    if head.startswith(strangers.OLE):
        strangers.refuse_unless_xls(path)
        return _workbook(path, year, columns)
    strangers.refuse_the_known(head)
    text = delimited.decoded(path)
    grid = delimited.grid_of(text, name)
    return read_grids([grid], year, columns) if grid else read_text(text, year, columns)


def _head(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(4096)


def _workbook(path: Path, year: int | None, columns: Mapping[str, str]) -> Reading:
    grids, said = workbooks.grids_of(path)
    reading = read_grids(grids, year, columns)
    return replace(reading, warnings=(*reading.warnings, *said)) if said else reading


def _package(path: Path, year: int | None, columns: Mapping[str, str]) -> Reading:
    kind = packages.kind_of_package(path)
    if kind == "xlsx":
        return _workbook(path, year, columns)
    return documents.read_document(path, year, columns)


__all__ = ["Unreadable", "open_and_read"]
