"""The same ledger or paper, written otherwise, is read the same."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from app.intake.readers import read_text
from app.intake.readers.delimited import decoded, grid_of
from app.intake.readers.opening import open_and_read
from app.intake.readers.workbooks import grids_of
from app.intake.reading import Reading
from tests.intake import transforming
from tests.intake.test_corpus import sources

FILES, CHANGES = 9, 4  # of which one is looked at in the normal run
Read = Callable[[], Reading]
TABLES = (".sheet", ".xls", ".csv")


def of_a_table(path: Path, year: int | None, folder: Path) -> Iterator[tuple[str, Read]]:
    """Its readings in every other form; nothing is made before it is asked for."""
    sheets = grids_of(path)[0] if path.suffix != ".csv" else [one for one in [grid_of(decoded(path))] if one]
    sheets = [replace(one, name=one.name or "Sheet1") for one in sheets]
    for name, change in transforming.TABLES.items():
        yield name, lambda change=change: reading_of(transforming.as_workbook(change(sheets), folder / "w"), year)
    yield "a document", lambda: reading_of(transforming.as_document(sheets, folder / "d"), year)
    if len(sheets) == 1 and not sheets[0].merged:
        for encoding in transforming.ENCODINGS[:3]:
            yield f"csv in {encoding}", lambda encoding=encoding: reading_of(csv(sheets, encoding, folder), year)
        yield "tabs", lambda: read_text(transforming.as_text(sheets, "\t"), year)
        if not any("\n" in cell or "|" in cell for row in sheets[0].rows for cell in row):
            yield "bars", lambda: read_text(transforming.as_bars(sheets), year)


def of_a_text(path: Path, year: int | None, folder: Path) -> Iterator[tuple[str, Read]]:
    text = path.read_text("utf-8")
    for name, change in transforming.TEXTS.items():
        if change(text) != text:
            yield name, lambda change=change: read_text(change(text), year)
    for encoding in transforming.ENCODINGS:
        yield encoding, lambda encoding=encoding: reading_of(encoded(text, encoding, folder / "t.txt"), year)
    yield "a document", lambda: reading_of(transforming.as_paragraphs(text, folder / "p"), year)


def reading_of(path: Path, year: int | None) -> Reading:
    return open_and_read(path, path.name, year, {})


def csv(sheets: transforming.Sheets, encoding: str, folder: Path) -> Path:
    return encoded(transforming.as_text(sheets, ","), encoding, folder / "c.csv")


def encoded(text: str, encoding: str, path: Path) -> Path:
    path.write_bytes(text.encode(encoding, "ignore"))
    return path


@pytest.mark.parametrize(("files", "every"), [(FILES, CHANGES), pytest.param(1, 1, marks=pytest.mark.soak)])
def test_what_is_written_otherwise_is_read_the_same(files: int, every: int, opened, tmp_path: Path) -> None:
    """Which pairs are looked at is told by their place: other changes for other files."""
    at, differing, looked_at = 0, [], 0
    papers = [(source, wanted) for source, wanted in sources("open") if source.suffix != ".page"]
    for source, wanted in papers[::files]:
        path, usual = opened(source, wanted.get("year"))
        forms = of_a_table if source.suffix in TABLES else of_a_text
        for name, read in forms(path, wanted.get("year"), tmp_path):
            at += 1
            if at % every == 0:
                looked_at += 1
                if transforming.essence(read()) != transforming.essence(usual):
                    differing.append(f"{source.name}: {name}")
    assert looked_at > 40
    assert not differing
