"""What it costs to look at a ledger of ten thousand rows once it was read."""

from __future__ import annotations

import hashlib
import resource
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from app.clock import now, today
from app.db import release, unit_of_work
from app.evidence import receiving
from app.intake import actions, previewing, queries, sources
from app.intake.actions import Sent
from app.intake.previewing import Table
from bench.measuring import Figure
from bench.stage import staged
from tests import story
from tests.cast import Cast
from tests.intake.books import usual

ROWS, ROUNDS = 10_000, 5


def figures() -> Iterator[Figure]:
    """CPU of everything after the read, and how much memory it takes."""
    with staged("sqlite") as folder:
        file = folder / "ledger.xlsx"
        file.write_bytes(usual(ROWS))
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        preview_id, visit_id = _laid(file)
        yield Figure("intake_look_at_10000_rows", _least(lambda: _looked_at(preview_id, visit_id)), "CPU s", 2)
        grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
        yield Figure("intake_look_at_10000_rows_memory", grown / 1024, "MiB", 300)


def _least(call: Callable[[], object]) -> float:
    """CPU seconds of the cheapest of some rounds."""
    took = []
    for _round in range(ROUNDS):
        begun = time.process_time()
        call()
        took.append(time.process_time() - begun)
    return min(took)


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
