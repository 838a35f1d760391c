"""The evidence of a view as a zip by unit and finding: copies without metadata, catalogue, hashes, a page offline.

Written from front to back: nothing but the catalogue's rows is held, and those lie in a file.
"""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Generator, Iterable, Iterator, Sequence
from datetime import date
from html import escape
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, Any
from urllib.parse import quote

import xlsxwriter

from app.evidence.deriving import Copied, derived
from app.evidence.faults import Missing, Unreadable
from app.evidence.names import display_name
from app.evidence.ours import storage
from app.evidence.storage import Storage
from app.papers.columns import fitted, lines
from app.papers.facts import PIECES, STATES
from app.papers.looks import LINE, LINE_HIGH, LOOKS, MOST_HIGH
from app.papers.outlet import Outlet
from app.papers.pack_page import Page
from app.papers.queries_ledger import Full, shared_files

HEADS = (
    "序号",
    "责任单位",
    "问题编号",
    "存在问题",
    "佐证材料",
    "类别",
    "提交日期",
    "文件",
    "SHA-256（包内文件）",
    "SHA-256（原件）",
)
WIDTHS = (6, 20, 18, 40, 24, 12, 12, 40, 40, 40)
PRINTED = 8  # columns; the hashes behind are to be compared


def write(path: Path, batches: Iterable[list[Full]], day: date) -> Iterator[int]:
    """Write the pack to `path`; yields how many findings are done, after every block that was written."""
    with TemporaryDirectory(dir=path.parent, prefix="pack-") as folder, zipfile.ZipFile(path, "w") as packed:
        pack = Pack(packed, Path(folder), day)
        for batch in batches:
            for full in batch:
                for _written in pack.add(full):
                    yield pack.findings - 1
                yield pack.findings
        pack.close()


def streamed(folder: Path, batches: Iterable[list[Full]], day: date) -> Iterator[bytes]:
    """The same pack as bytes on their way to whoever waits for it: no more than one block, or one photo, is held."""
    outlet = Outlet()
    with TemporaryDirectory(dir=folder, prefix="pack-") as beside:
        with zipfile.ZipFile(outlet, "w") as packed:
            pack = Pack(packed, Path(beside), day)
            for batch in batches:
                for full in batch:
                    for _written in pack.add(full):
                        yield outlet.taken()
            pack.close()
        yield outlet.taken()


class Pack:
    """A pack being written."""

    def __init__(self, packed: zipfile.ZipFile, folder: Path, day: date) -> None:
        self.packed, self.folder, self.day = packed, folder, day.isoformat()
        self.findings = self.pieces = 0
        self.unit = ""
        self.shared: dict[tuple[int, str], tuple[str, str]] = {}
        self.roots = shared_files()
        options = {"constant_memory": True, "tmpdir": str(folder), "strings_to_formulas": False,
                   "strings_to_urls": False}  # fmt: skip
        self.book = xlsxwriter.Workbook(str(folder / "list.xlsx"), options)
        self.sheet = self.book.add_worksheet("目录")
        self.text, self.head = self.book.add_format(LINE), self.book.add_format(LOOKS["head"])
        self._paper()
        self._row(0, HEADS, self.head)
        self.sums: IO[str] = (folder / "sums").open("w", encoding="utf-8")
        self.page = Page(folder, self.day)

    def _paper(self) -> None:
        """A4 across, its heads on every page; the hashes are to be compared and not to be printed."""
        self.sheet.set_landscape()
        self.sheet.set_paper(9)
        self.sheet.fit_to_pages(1, 0)
        self.sheet.repeat_rows(0)
        self.sheet.freeze_panes(1, 0)
        self.sheet.set_footer("&C第 &P 页，共 &N 页")
        for place, width in enumerate(WIDTHS):
            self.sheet.set_column(place, place, width)

    def add(self, full: Full) -> Iterator[None]:
        """One finding and everything that proves it; stops after every block that was written."""
        self.findings += 1
        row = full.row
        unit = self.unit = row.unit or "未定单位"
        self.page.say(self.unit, f"<h3>{escape(row.number)}　{escape(STATES[row.state])}</h3><p>{escape(row.text)}</p>")
        for number, piece in enumerate(full.pieces, start=1):
            yield from self._piece(full, piece, f"{folder_name(unit)}/{folder_name(row.number)}", number)
        if not full.pieces:
            self.page.say(self.unit, "<p class=none>（没有佐证材料）</p>")

    def _piece(self, full: Full, piece: Any, place: str, number: int) -> Iterator[None]:
        label = fitted(piece.caption or piece.name)
        called = label.removesuffix(f".{label.rpartition('.')[2]}") if label == piece.name else label
        stem = folder_name(f"{number:02d} {PIECES[piece.kind]} {called[:40]}")
        name = f"{place}/{stem}{_ending(piece)}"
        known = self.shared.get((piece.first_id, piece.cover))
        name, sha256 = known or (name, (yield from self._stored(piece, name)))
        if piece.first_id in self.roots:  # openly used for several tasks: it lies in the pack once
            self.shared[piece.first_id, piece.cover] = (name, sha256)
        self.pieces += 1
        self._row(self.pieces, (
            str(self.pieces), self.unit, full.row.number, fitted(full.row.text), label, PIECES[piece.kind],
            piece.uploaded_at.date().isoformat(), name if sha256 else "（无法生成副本）", sha256, piece.sha256,
        ), self.text)  # fmt: skip
        if sha256:
            self.sums.write("" if known else f"{sha256}  {name}\n")
            self._shown(name, label, piece)

    def _stored(self, piece: Any, name: str) -> Generator[None, None, str]:
        """Put the piece in; its hash as it lies in the pack, or nothing when there is no copy of it."""
        try:
            chunks = _chunks(piece)
        except (Missing, Unreadable):
            return ""
        digest = hashlib.sha256()
        entry = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
        with self.packed.open(entry, "w", force_zip64=True) as out:
            for chunk in chunks:
                digest.update(chunk)
                out.write(chunk)
                yield
        return digest.hexdigest()

    def _shown(self, name: str, label: str, piece: Any) -> None:
        link, said = quote(name), escape(f"{PIECES[piece.kind]}：{label}")
        picture = f'<img loading="lazy" src="{link}" alt="">' if piece.is_picture else "📄"
        self.page.say(self.unit, f'<figure><a href="{link}">{picture}</a><figcaption>{said}</figcaption></figure>')

    def close(self) -> None:
        """The catalogue, the hashes and the page, last."""
        self.sheet.autofilter(0, 0, self.pieces, len(HEADS) - 1)
        self.sheet.print_area(0, 0, self.pieces, PRINTED - 1)
        self.book.close()
        self.sums.close()
        self.page.close(self.findings, self.pieces)
        names = (("list.xlsx", "目录.xlsx"), ("sums", "SHA256SUMS.txt"), ("page", "index.html"))
        for source, name in names:
            self.packed.write(self.folder / source, name, zipfile.ZIP_DEFLATED)

    def _row(self, line: int, texts: Sequence[str], look: Any) -> None:
        most = max(lines(text, width) for text, width in zip(texts[:PRINTED], WIDTHS, strict=False))
        self.sheet.set_row(line, min(most * LINE_HIGH + 4, MOST_HIGH))
        for place, text in enumerate(texts):
            self.sheet.write_string(line, place, text, look)


def _chunks(piece: Any) -> Iterable[bytes]:
    """A photo as its copy without metadata; a paper as it was received, for it is its own copy."""
    if not piece.may_leave:
        raise Missing("it waits to be covered, or shows minors")
    if piece.is_picture:
        return [derived(Copied.of(piece), 1600)]
    return storage().open_read(Storage.original_key(piece.sha256)).chunks


def _ending(piece: Any) -> str:
    if piece.is_picture:
        return ".jpg"
    stem, dot, ending = piece.name.rpartition(".")
    return f".{ending.lower()}" if dot and stem and ending.isalnum() and len(ending) < 6 else ""


def folder_name(text: str) -> str:
    """A name that every system takes as a folder."""
    return display_name("".join(" " if sign in '/\\:*?"<>|' else sign for sign in text)).rstrip(". ") or "_"
