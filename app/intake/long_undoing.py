"""A long list that is taken back as background work: all of it in one transaction, or nothing."""

from __future__ import annotations

from typing import Any

from flask import url_for
from flask_babel import lazy_gettext as _l

from app.clock import now
from app.db import release, unit_of_work
from app.intake import actions, queries
from app.intake.long_lists import seconds_for
from app.intake.models import Batch
from app.jobs.kinds import Made, long_work
from app.jobs.work import Work
from app.steps.offering import must_be_offered
from app.tasks.refusals import NotYet
from workflows.grammar import say

TAKEN_BACK = "list_taken_back"
TAKING_BACK = say("Taking all of it back at once, or nothing; this takes some seconds")
Params = dict[str, Any]


def _to_the_batch(asked: Params, _came: Params) -> tuple[Any, str]:
    return _l("Back to the list"), url_for("intake.batch", batch_id=asked["batch"])


@long_work(TAKEN_BACK, _l("Taking a long list back"), _to_the_batch)
def take_it_back(work: Work) -> Made:
    """Every draft discarded and every change put back; begun again after a worker died it finds it done."""
    rows = size_of(_there(work))
    work.far(0, rows, doing=TAKING_BACK, left=seconds_for(rows))
    release()
    with unit_of_work():
        batch = _there(work)
        if batch.undone_at is None or batch.undone_by_id != work.person.id:
            must_be_offered(batch.inspection.task, "undo_batch", work.person, now())
            actions.undo(batch, batch.inspection, work.person, now=now())
        said = say("The list was taken back: %(n)d drafts were discarded.", n=batch.taken)
    return Made(said=said, came={"batch": work.params["batch"]})


def size_of(batch: Batch) -> int:
    """How many rows are taken back with it."""
    return batch.taken + len(batch.changes)


def _there(work: Work) -> Batch:
    """The list, as whoever asked may still see it."""
    batch = queries.batch(work.person, work.params["batch"]) if work.person.active else None
    if batch is None:
        raise NotYet(say("The list is not there for you any more; nothing was changed."))
    return batch
