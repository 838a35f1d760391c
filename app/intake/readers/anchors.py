"""Parts of an .xlsx package: which part is which sheet, and which pictures lie in which row of it."""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from defusedxml.ElementTree import fromstring

from app.intake.readers.rules import rule

_IMAGES = (".jpg", ".jpeg", ".png", ".webp", ".heic", ".gif", ".bmp")
_IN_CELL = rule(r'DISPIMG\(\s*(?:"|&quot;)(\w+)')  # WPS keeps pictures inside cells as a formula


@dataclass
class Sheet:
    """What one sheet hides, and its pictures by row from 0."""

    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    pictures: dict[int, tuple[tuple[int, str], ...]] = field(default_factory=dict)


def _local(element: Any) -> str:
    return str(element.tag).rsplit("}", 1)[-1]


def _named(element: Any, name: str) -> str:
    """An attribute by its local name (r:id, r:embed)."""
    return next((value for key, value in element.attrib.items() if key.rsplit("}", 1)[-1] == name), "")


def _relations(package: zipfile.ZipFile, part: str) -> dict[str, tuple[str, str]]:
    """For each relation of a part: what kind it is and the part it leads to."""
    folder, name = posixpath.split(part)
    rels = f"{folder}/_rels/{name}.rels"
    if rels not in package.namelist():
        return {}
    found = {}
    for one in fromstring(package.read(rels)):
        target = one.get("Target", "")
        target = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
        found[one.get("Id", "")] = (one.get("Type", "").rsplit("/", 1)[-1], target)
    return found


def sheets_of(package: zipfile.ZipFile) -> dict[str, str]:
    """The part of every sheet by the sheet's name."""
    relations = _relations(package, "xl/workbook.xml")
    listed = (one for one in fromstring(package.read("xl/workbook.xml")).iter() if _local(one) == "sheet")
    return {one.get("name", ""): relations.get(_named(one, "id"), ("", ""))[1] for one in listed}


def pictures_of(package: zipfile.ZipFile, part: str, text: bytes) -> dict[int, tuple[tuple[int, str], ...]]:
    """The pictures of a sheet by the row, from 0, in which they begin, each beside its column."""
    rows: dict[int, list[tuple[int, str]]] = defaultdict(list)
    for kind, drawing in _relations(package, part).values():
        if kind == "drawing" and drawing in package.namelist():
            for row, column, picture in _anchored(package, drawing):
                rows[row].append((column, picture))
    if b"DISPIMG" in text:
        for row, column, picture in _in_cells(package, text):
            rows[row].append((column, picture))
    return {row: tuple(dict.fromkeys(pictures)) for row, pictures in rows.items()}


def _anchored(package: zipfile.ZipFile, drawing: str) -> Iterator[tuple[int, int, str]]:
    images = _relations(package, drawing)
    for anchor in fromstring(package.read(drawing)):
        starts = {name: _first(anchor, name) for name in ("row", "col")}
        for blip in (one for one in anchor.iter() if _local(one) == "blip"):
            picture = images.get(_named(blip, "embed"), ("", ""))[1]
            if starts["row"] is not None and _is_image(package, picture):
                yield starts["row"], starts["col"] or 0, picture


def _first(anchor: Any, name: str) -> int | None:
    return next((int(one.text or 0) for one in anchor.iter() if _local(one) == name), None)


def _is_image(package: zipfile.ZipFile, part: str) -> bool:
    return part.lower().endswith(_IMAGES) and part in package.namelist()


def _in_cells(package: zipfile.ZipFile, text: bytes) -> Iterator[tuple[int, int, str]]:
    """Pictures that WPS puts into cells: the cell names one of `xl/cellimages.xml`."""
    listed = "xl/cellimages.xml"
    if listed not in package.namelist():
        return
    images, named = _relations(package, listed), {}
    for one in fromstring(package.read(listed)):
        name = next((_named(part, "name") for part in one.iter() if _local(part) == "cNvPr"), "")
        blip = next((_named(part, "embed") for part in one.iter() if _local(part) == "blip"), "")
        named[name] = images.get(blip, ("", ""))[1]
    words = text.decode("utf-8", "replace")
    for cell in re.finditer(r'<c\b[^>]*\sr="([A-Z]{1,3})(\d+)"[^>]*>(.*?)</c>', words, re.DOTALL):
        hit = _IN_CELL.search(cell[3])
        if hit and _is_image(package, named.get(hit[1], "")):
            yield int(cell[2]) - 1, _column(cell[1]), named[hit[1]]


def _column(letters: str) -> int:
    """A is 0, Z is 25, AA is 26."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1
