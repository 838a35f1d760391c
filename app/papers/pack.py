"""The evidence of a view as a zip by unit and finding: copies without metadata, catalogue, hashes, a page offline.

Written from front to back: nothing but the catalogue's rows is held, and those lie in a file.
"""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Generator, Iterable, Iterator
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
from app.papers.columns import fitted
from app.papers.facts import PIECES, STATES
from app.papers.outlet import Outlet
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
STYLE = (
    "body{font-family:'Noto Sans CJK SC','Microsoft YaHei',sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;"
    "color:#1b2430}h2{margin-top:2rem;border-bottom:1px solid #ccc}img{max-width:16rem;max-height:12rem;margin:.3rem;"
    "border:1px solid #ddd}figure{display:inline-block;margin:.3rem;vertical-align:top}figcaption{font-size:.8rem;"
    "max-width:16rem}"
)
TOP = "<!doctype html><html lang=zh-CN><meta charset=utf-8><title>佐证材料</title>"
NOTE = (
    "照片为去除拍摄位置等信息的副本，待遮挡和含未成年人影像的照片不收入；"
    "原件保存在系统中，以原件校验值为准；文件类材料按提交时原样收入。"
)


def write(path: Path, batches: Iterable[list[Full]], day: date) -> Iterator[int]:
    """Write the pack to `path`; yields how many findings are done after every batch."""
    with TemporaryDirectory(dir=path.parent, prefix="pack-") as folder, zipfile.ZipFile(path, "w") as packed:
        pack = Pack(packed, Path(folder), day)
        for batch in batches:
            for full in batch:
                for _written in pack.add(full):
                    pass
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
        self.text = self.book.add_format({"border": 1, "text_wrap": True, "valign": "vcenter", "num_format": "@"})
        self._row(0, HEADS)
        for place, width in enumerate(WIDTHS):
            self.sheet.set_column(place, place, width)
        self.sums: IO[str] = (folder / "sums").open("w", encoding="utf-8")
        self.page: IO[str] = (folder / "page").open("w", encoding="utf-8")
        self.page.write(f"{TOP}<style>{STYLE}</style><h1>佐证材料</h1><p>{escape(self.day)}　{NOTE}</p>")

    def add(self, full: Full) -> Iterator[None]:
        """One finding and everything that proves it; stops after every block that was written."""
        self.findings += 1
        row = full.row
        unit = row.unit or "未定单位"
        if unit != self.unit:
            self.unit = unit
            self.page.write(f"<h2>{escape(unit)}</h2>")
        self.page.write(f"<h3>{escape(row.number)}　{escape(STATES[row.state])}</h3><p>{escape(row.text)}</p>")
        for number, piece in enumerate(full.pieces, start=1):
            yield from self._piece(full, piece, f"{folder_name(unit)}/{folder_name(row.number)}", number)

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
        ))  # fmt: skip
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
        self.page.write(f'<figure><a href="{link}">{picture}</a><figcaption>{said}</figcaption></figure>')

    def close(self) -> None:
        """The catalogue, the hashes and the page, last."""
        self.book.close()
        self.sums.close()
        self.page.close()
        names = (("list.xlsx", "目录.xlsx"), ("sums", "SHA256SUMS.txt"), ("page", "index.html"))
        for source, name in names:
            self.packed.write(self.folder / source, name, zipfile.ZIP_DEFLATED)

    def _row(self, line: int, texts: Iterable[str]) -> None:
        for place, text in enumerate(texts):
            self.sheet.write_string(line, place, text, self.text)


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
