"""Long lists as background work: read and matched, and later taken in and issued, with progress and cancel."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from flask import url_for
from flask_babel import lazy_gettext as _l

from app.clock import now, today
from app.db import db, release, unit_of_work
from app.evidence.actions import Stored
from app.findings.queries import units_to_choose, visit_of_task
from app.inspections.actions import issue_all
from app.inspections.models import Inspection
from app.intake import actions, previewing, queries
from app.intake.actions import Harvest, Sent
from app.intake.files import Unreadable, nothing_collected
from app.intake.harvesting import harvest_of
from app.intake.models import Batch, Preview
from app.intake.pictures import keep_pictures
from app.jobs.kinds import Made, long_work
from app.jobs.work import Work
from app.steps.offering import must_be_offered
from app.tasks.refusals import NotYet
from workflows.grammar import say

READ, TAKEN = "list_read", "list_taken"
A_SECOND = 2000  # rows written down or taken back in a second: a cautious guess, for those who wait
AT_ONCE = 50  # issued in one transaction
TIMES = 3  # a list is made ready at most, when the visit changes meanwhile
PREPARING, WRITING = say("Making the rows ready"), say("Writing all of them down at once; this takes some seconds")
ISSUING = say("Issuing what is ready")
Params = dict[str, Any]


def seconds_for(rows: int) -> int:
    """About how long so many rows are being written."""
    return 1 + rows // A_SECOND


def _to_the_list(asked: Params, came: Params) -> tuple[Any, str]:
    if came:
        return _l("Look at what was read"), _preview(asked)
    return _l("Send another list"), url_for("intake.paste", task_id=asked["task"])


def _to_the_batch(asked: Params, came: Params) -> tuple[Any, str]:
    if came:
        return _l("See what came of it"), url_for("intake.batch", batch_id=came["batch"])
    return _l("Back to the list"), _preview(asked)


def _preview(asked: Params) -> str:
    return url_for("intake.preview", task_id=asked["task"], preview_id=asked["preview"])


@long_work(READ, _l("Reading a long list"), _to_the_list)
def read_it(work: Work) -> Made:
    """Read the file, remember what its columns mean, and match it once: what was read is kept for whoever looks."""
    visit, preview = _there(work)
    sent = Sent(preview.sha256, name=preview.name, size=preview.size)
    year, issuer = visit.starts_on.year, visit.task.issuer_unit_id
    with _put_away_if_not(work):
        columns = previewing.read_ahead(sent, year, issuer, lambda: work.far(0))
        with unit_of_work():
            visit, preview = _there(work)
            preview.columns = columns
            table = previewing.lay(preview, visit, work.person)
            many = len(table.reading.findings)
        if many > previewing.MOST_ROWS:
            raise NotYet(say("The list has %(n)d problems; at most %(max)d are taken in at once. Send it in parts.",
                             n=many, max=previewing.MOST_ROWS))  # fmt: skip
    said = say("%(n)d problems were read. Nothing is written down yet.", n=many)
    return Made(said=said, came={"preview": preview.id})


def _there(work: Work) -> tuple[Inspection, Preview]:
    """The visit and the list, as whoever asked may still see and take them in."""
    visit = visit_of_task(work.person, work.params["task"])
    preview = queries.preview_to_change(work.person, visit, work.params["preview"]) if visit else None
    if visit is None or preview is None or not work.person.active:
        raise NotYet(say("The list does not lie there any more; it was put away or taken in."))
    must_be_offered(visit.task, "paste", work.person, now())
    return visit, preview


@contextmanager
def _put_away_if_not(work: Work) -> Iterator[None]:
    """A list that cannot be read does not stay on the table."""
    try:
        yield
    except (Unreadable, NotYet) as why:
        release()
        with unit_of_work():
            if preview := db.session.get(Preview, work.params["preview"]):
                db.session.delete(preview)
        raise (NotYet(why.sentence) if isinstance(why, Unreadable) else why) from why


@long_work(TAKEN, _l("Taking a long list in"), _to_the_batch)
def take_it_in(work: Work) -> Made:
    """The whole batch in one transaction, or none of it; then what is ready goes out, if that was asked for.

    Begun again after a worker died it goes on where the batch stands.
    """
    batch_id = _known(work) or _taken(work)
    issued = 0
    if work.params["how"] == "issue":
        for done, of, sent in _issued(work, batch_id):
            issued += sent
            work.far(done, of, doing=ISSUING)
    batch = db.session.get_one(Batch, batch_id)
    said = say("%(taken)d written down, %(aside)d set aside, %(issued)d issued.",
               taken=batch.taken, aside=len(batch.set_aside), issued=issued)  # fmt: skip
    return Made(said=said, came={"batch": batch_id})


def _known(work: Work) -> int | None:
    """The batch that this list became before its worker died."""
    visit = visit_of_task(work.person, work.params["task"])
    batch = queries.of_preview(visit, work.params["preview"]) if visit else None
    return batch.id if batch else None


@dataclass(frozen=True)
class _Ready:
    """A list as it will be written, and how everything stood that it was made from."""

    stood: tuple[Any, ...]
    harvest: Harvest
    pictures: dict[str, Stored]


def _taken(work: Work) -> int:
    """Everything is made ready while others go on writing, then written in one go: seconds, however long the list."""
    for _time in range(TIMES):
        with db.session.no_autoflush:  # what was read otherwise than last time is known; nothing of it is written
            ready = _made_ready(work)
        work.far(0, len(ready.harvest.rows), doing=WRITING, left=seconds_for(len(ready.harvest.rows)))
        release()
        with nothing_collected(), unit_of_work():
            visit, preview = _there(work)
            if _standing(visit, preview) == ready.stood:
                _units = units_to_choose(visit.task.issuer_unit)  # known again at once, not one after the other
                return actions.take_in(preview, visit, work.person, ready.harvest, now=now(), seen=None,
                                       pictures=ready.pictures).id  # fmt: skip
    raise NotYet(say("The visit kept changing while the list was made ready; nothing was written. Take it in again."))


def _made_ready(work: Work) -> _Ready:
    visit, preview = _there(work)
    stood = _standing(visit, preview)
    table = previewing.lay(preview, visit, work.person)
    many = len(table.reading.findings)
    work.far(0, many, doing=PREPARING)
    seen = table.look(today())
    if seen.bad_measures or (seen.bad and work.params["how"] != "good"):
        raise NotYet(say("Something in the list is not right any more. Look at it again; nothing was written."))
    harvest = harvest_of(table, seen, work.params["gone"], lambda done: work.far(done, many))
    pictures, harvest = keep_pictures(preview, table.reading, harvest)
    return _Ready(stood, harvest, pictures)


def _standing(visit: Inspection, preview: Preview) -> tuple[Any, ...]:
    """What must not change between making ready and writing."""
    before = queries.before(preview.against) if preview.against else []
    return visit.task.version, preview.at, preview.mark, dict(preview.corrections), before


def _issued(work: Work, batch_id: int) -> Iterator[tuple[int, int, int]]:
    """Issue whatever is ready, some at a time: how many were looked at, of how many, and how many went out just now."""
    found = queries.came_of(db.session.get_one(Batch, batch_id))
    ids = [finding.id for finding in found if finding.task.state == "draft"]
    release()
    for at in range(0, len(ids), AT_ONCE):
        with unit_of_work():
            there = queries.with_ids(ids[at : at + AT_ONCE]).values()
            drafts = [finding.task for finding in there if finding.task.state == "draft"]
            sent = sum(not one.why for one in issue_all(drafts, work.person, now=now()))
        yield min(at + AT_ONCE, len(ids)), len(ids), sent
