"""Exports of a view of the ledger: a workbook, text, or a pack of evidence; small ones at once, large as jobs."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

from flask_babel import lazy_gettext as _l

from app.clock import now, today
from app.db import db
from app.evidence.actions_sealing import carried_out
from app.evidence.deriving import Copied, derived
from app.evidence.faults import Missing, Unreadable
from app.findings import ledger
from app.findings.filters import Filters, read
from app.jobs.kinds import Made, long_work
from app.jobs.work import Work
from app.papers import kept, ledger_sheet, ledger_text, pack, queries_ledger
from app.papers.columns import HEADINGS
from app.papers.facts import full_name
from app.papers.phrases import day as in_words
from app.people.models import Person
from app.units.models import Unit

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FORMATS = {"xlsx": (".xlsx", XLSX), "csv": (".csv", "text/csv"), "pack": (".zip", "application/zip")}
MOST_PHOTOS = 2000
BLOCK = 256 * 1024
Far = Callable[[int], None]


def count(viewer: Person, filters: Filters) -> int:
    """How many findings that view holds."""
    return ledger.count(viewer, filters, today())


def write(path: Path, viewer: Person, filters: Filters, asked: dict[str, Any], far: Far) -> None:
    """Write that view to `path` in the format asked for, saying now and then how many rows are done."""
    day, shape = today(), asked["format"]
    batches = queries_ledger.findings(viewer, filters, day)
    if shape == "pack":
        for done in pack.write(path, batches, day):
            far(done)
        return
    more = kept.names(queries_ledger.lists(viewer, filters, day), HEADINGS)
    if shape == "csv":
        written = ledger_text.write(path, batches, more)
        for done in written:
            far(done)
        return
    with tempfile.TemporaryDirectory(dir=path.parent, prefix="photos-") as folder:
        picture = _Pictures(Path(folder)) if asked.get("photos") else None
        for done in ledger_sheet.write(path, heading(viewer, day), batches, picture, more):
            far(done)


def packed(folder: Path, viewer: Person, filters: Filters) -> Iterator[bytes]:
    """The evidence of that view as a zip, made while it is sent."""
    day = today()
    return pack.streamed(folder, queries_ledger.findings(viewer, filters, day), day)


def heading(viewer: Person, day: date) -> ledger_sheet.Heading:
    """What stands above a ledger that she hands in."""
    seat = db.session.get(Unit, viewer.seats[0].unit_id) if viewer.seats else None
    unit = full_name(seat) if seat else ""
    return ledger_sheet.Heading(f"{unit}督导检查发现问题整改台账", unit, viewer.name, in_words(day))


class _Pictures:
    """Small copies without metadata, laid into a folder, for the workbook takes them up only when it is closed."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.count = folder, 0

    def __call__(self, piece: Any) -> Path | None:
        """The copy of that photo; nothing beyond the limit or when it cannot be drawn."""
        if self.count >= MOST_PHOTOS:
            return None
        path = self.folder / f"{piece.sha256}{piece.cover}.jpg"
        try:
            if not path.exists():
                path.write_bytes(derived(Copied.of(piece), 320))
        except (Missing, Unreadable):
            return None
        self.count += 1
        return path


def name_of(shape: str, day: date) -> str:
    """整改台账 2026-11-26.xlsx"""
    return f"{'佐证材料' if shape == 'pack' else '整改台账'} {day.isoformat()}{FORMATS[shape][0]}"


@long_work("ledger", _l("Export of the ledger"))
def in_a_job(work: Work) -> Made:
    """A large export, row by row, with progress."""
    ending, media_type = FORMATS[work.params["format"]]
    path, filters = work.file(ending), read(work.params["view"])
    total = count(work.person, filters)
    write(path, work.person, filters, work.params, lambda done: work.far(done, total))
    name, person = name_of(work.params["format"], today()), work.person.id
    return Made(path, name, media_type, then=lambda: carried_out(person, name, total, now()))


class Blocks:
    """A file on its way out in blocks; its name is gone at once, so that nothing stays when nobody reads on."""

    def __init__(self, path: Path) -> None:
        self.file = path.open("rb")
        path.unlink()

    def __iter__(self) -> Iterator[bytes]:
        while block := self.file.read(BLOCK):
            yield block
        self.close()

    def close(self) -> None:
        """For whoever stops before the end."""
        self.file.close()

    __del__ = close  # and for whoever never begins
