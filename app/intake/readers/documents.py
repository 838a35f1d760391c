"""Word documents (.docx): paragraphs and tables in their order, with the numbers that Word counts by itself."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError

from defusedxml.ElementTree import fromstring

from app.intake.readers import packages
from app.intake.readers.autonumbers import Counting
from app.intake.readers.grids import Grid, Range
from app.intake.readers.reader import Block, read_blocks
from app.intake.reading import Reading, Unreadable

_LEFT_OUT = {"del", "moveFrom", "instrText", "txbxContent", "pPr", "rPr", "Fallback"}
_CELLS = 250_000


def read_document(path: Path, year: int | None, columns: Mapping[str, str]) -> Reading:
    """The reading of a Word document; raises Unreadable."""
    try:
        with zipfile.ZipFile(path) as package:
            counting = Counting(_part(package, "word/numbering.xml"), _part(package, "word/styles.xml"))
            root = fromstring(package.read("word/document.xml"))
    except (ParseError, KeyError, zipfile.BadZipFile, OSError, EOFError) as error:
        raise Unreadable(packages.BROKEN, 422) from error
    body = next((one for one in root if local(one) == "body"), root)
    return read_blocks(list(_blocks(body, counting)), year, columns)


def _part(package: zipfile.ZipFile, name: str) -> Any:
    return fromstring(package.read(name)) if name in package.NameToInfo else None


def local(element: Any) -> str:
    """The name of an element without its namespace."""
    return str(element.tag).rsplit("}", 1)[-1]


def _blocks(parent: Any, counting: Counting) -> Iterator[Block]:
    for child in parent:
        name = local(child)
        if name == "p":
            yield from _words(child, counting).split("\n")
        elif name == "tbl":
            yield _grid(child, counting)
        elif name in ("sdt", "sdtContent", "ins", "moveTo", "smartTag", "customXml"):
            yield from _blocks(child, counting)


def _words(paragraph: Any, counting: Counting) -> str:
    label, words = counting.label(paragraph), "".join(_pieces(paragraph))
    return f"{label} {words}" if label and words[:1].isdigit() else label + words


def _pieces(parent: Any) -> Iterator[str]:
    for child in parent:
        name = local(child)
        if name == "t":
            yield child.text or ""
        elif name == "tab":
            yield "\t"
        elif name in ("br", "cr"):
            yield "\n"
        elif name == "noBreakHyphen":
            yield "-"
        elif name not in _LEFT_OUT:
            yield from _pieces(child)


def _grid(table: Any, counting: Counting) -> Grid:
    rows: list[list[str]] = []
    merged: list[Range] = []
    open_above: dict[int, int] = {}
    for at, row in enumerate(_children(table, "tr")):
        cells: list[str] = []
        for cell in _children(row, "tc"):
            _place(cell, at, cells, merged, open_above, counting)
        rows.append(cells)
        if sum(map(len, rows[-50:])) > _CELLS:
            raise Unreadable(packages.TOO_FAR)
    return Grid("", rows, 1, merged)


def _children(parent: Any, wanted: str) -> Iterator[Any]:
    for child in parent:
        if local(child) == wanted:
            yield child
        elif local(child) in ("sdt", "sdtContent", "ins", "customXml"):
            yield from _children(child, wanted)


def _place(
    cell: Any, at: int, cells: list[str], merged: list[Range], open_above: dict[int, int], counting: Counting
) -> None:
    """Put one cell behind those of its row; what continues the cell above widens that one's range."""
    said = {local(one): one for one in next((part for part in cell if local(part) == "tcPr"), ())}
    wide = min(int(_value(said.get("gridSpan")) or 1), packages.COLUMNS)
    left, goes_on = len(cells), said.get("vMerge") is not None and _value(said["vMerge"]) != "restart"
    text = "" if goes_on else "\n".join(_cell_lines(cell, counting))
    cells += [text.strip(), *[""] * (wide - 1)]
    if goes_on and left in open_above:
        top, first, _, right = merged[open_above[left]]
        merged[open_above[left]] = (top, first, at, right)
        return
    open_above.pop(left, None)
    if "vMerge" in said or wide > 1:
        merged.append((at, left, at, left + wide - 1))
        open_above[left] = len(merged) - 1


def _value(element: Any) -> str:
    if element is None:
        return ""
    return next((value for key, value in element.attrib.items() if key.rsplit("}", 1)[-1] == "val"), "")


def _cell_lines(cell: Any, counting: Counting) -> Iterator[str]:
    for block in _blocks(cell, counting):
        if isinstance(block, Grid):
            yield from (" ".join(part for part in row if part) for row in block.rows)
        elif block.strip():
            yield block
