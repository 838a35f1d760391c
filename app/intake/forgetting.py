"""What a taken list keeps of a finding whose words are erased."""

from __future__ import annotations

from app.intake import queries
from app.tasks.entries import Entry
from app.tasks.erasing import keeps_a_copy


@keeps_a_copy("begin")
def forget_row(entry: Entry) -> None:
    """What its row said, and what it said before a later version of the list; the list itself was their own file."""
    if entry.task.kind != "finding":
        return
    for row in queries.rows_of([entry.task.finding.id]).values():
        row.said = {}
        row.batch.changes = [one for one in row.batch.changes if one["finding"] != row.finding_id]
