"""What it costs to look at a ledger of ten thousand rows, beside a bare read of the same file."""

from __future__ import annotations

import hashlib
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from app.clock import now, today
from app.db import release, unit_of_work
from app.evidence import receiving
from app.intake import actions, previewing, queries, sources
from app.intake.actions import Sent
from app.intake.files import read_file
from app.intake.previewing import Table
from bench.measuring import Figure
from bench.stage import staged
from tests import story
from tests.cast import Cast
from tests.intake.books import usual

ROWS, ROUNDS = 10_000, 5
BARE = "import sys, python_calamine as c; c.load_workbook(sys.argv[1]).get_sheet_by_index(0).to_python()"


def figures() -> Iterator[Figure]:
    """CPU of the read as a multiple of the bare one, of everything after it, and the most memory either takes."""
    with staged("sqlite") as folder:
        file = folder / "ledger.xlsx"
        file.write_bytes(usual(ROWS))
        read = _least(lambda: read_file(file, file.name, year=2026))
        bare = _least(lambda: subprocess.run([sys.executable, "-I", "-c", BARE, str(file)], check=True))
        yield Figure("intake_read_10000_rows", read / bare, "x bare calamine", 3)
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        preview_id, visit_id = _laid(file)
        yield Figure("intake_look_at_10000_rows", _least(lambda: _looked_at(preview_id, visit_id)), "CPU s", 2)
        grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
        child = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
        yield Figure("intake_memory_of_10000_rows", max(grown, child) / 1024, "MB", 300)


def _least(call: Callable[[], object]) -> float:
    """CPU seconds of the cheapest of some rounds, in this process and in those it waits for."""
    took = []
    for _round in range(ROUNDS):
        begun = _spent()
        call()
        took.append(_spent() - begun)
    return min(took)


def _spent() -> float:
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


def _laid(file: Path) -> tuple[int, int]:
    """The ledger on the table of the inspector."""
    with file.open("rb") as stream:
        kept = receiving.keep(stream, 50 * 1024 * 1024)
    assert kept.sha256 == hashlib.sha256(file.read_bytes()).hexdigest()
    with unit_of_work():
        cast = Cast()
        visit = story.visit(cast)
        sent = Sent(kept.sha256, name=file.name, size=kept.size)
        rule = previewing.rule_of(visit)
        preview = actions.open_preview(visit, cast.inspector, sent, now=now(), rule=rule, columns={})
        return preview.id, visit.task.id


def _looked_at(preview_id: int, visit_task: int) -> Table:
    """What a request does once the file was read: laid on the table, matched, compared, one page of it."""
    from app.findings.queries import visit_of_task

    inspector = Cast().inspector
    visit = visit_of_task(inspector, visit_task)
    assert visit is not None
    preview = queries.preview(inspector, visit, preview_id)
    assert preview is not None
    table = previewing.lay(preview, visit, inspector)
    assert len(table.page(table.look(today()), 1, False).problems) == 50
    sources._read.clear()  # as in a process that has not seen it
    release()
    return table
