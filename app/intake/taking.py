"""The button that takes a list in: what is good becomes drafts, what is bad is shown first and then set aside."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import abort, current_app, flash, request, url_for
from flask_babel import get_locale
from flask_babel import gettext as _
from flask_login import current_user

from app.clock import now, today
from app.db import db, release
from app.findings.queries import visit_of_task
from app.htmx import answer_json, back_to, wants_json
from app.inspections.actions import Outcome, issue_all
from app.intake import actions, asking, previewing, queries
from app.intake.forms import RuleForm
from app.intake.harvesting import harvest_of
from app.intake.long_lists import TAKEN
from app.intake.models import Batch, Preview
from app.intake.pictures import keep_pictures
from app.intake.previewing import Table
from app.jobs import actions as jobs
from app.jobs.models import Job
from app.steps.links import page_of
from app.tasks.refusals import NotYet, OutOfTurn
from app.words import moment, told
from workflows.grammar import say

Shown = Callable[..., Any]


def confirmed(table: Table, form: RuleForm, how: str, shown: Shown) -> Any:
    """Everything ticked is written down at once; `how` is confirm, issue, or good for the good rows only."""
    visit = table.visit
    if batch := queries.taken(visit, table.preview.sha256):
        return already(batch)
    seen = table.look(today())
    if seen.bad_measures or (seen.bad and how != "good"):
        return shown(table, form, 422)
    if not [one for one in seen.taken if not one.wrong] and not request.form.getlist("gone"):
        form.form_errors.append(_("No problem is ticked. Tick at least one, or go back to the text."))
        return shown(table, form, 422)
    if len(seen.taken) > current_app.config["LIST_ROWS"]:
        return _queued(table, how)
    return _written(table, form, how, shown)


def _queued(table: Table, how: str) -> Any:
    """A long list is taken in in the background, whole or not at all; what was corrected is kept with it."""
    gone = [int(one) for one in request.form.getlist("gone") if one.isdecimal()]
    return in_the_background(TAKEN, table.preview, how=how, gone=gone)


def in_the_background(kind: str, preview: Preview, **more: Any) -> Any:
    """Ask for long work on that list."""
    asked = {"task": preview.inspection.task_id, "preview": preview.id, **more}
    return under_way(jobs.ask(kind, current_user, asked, now=now(), locale=str(get_locale())))


def under_way(job: Job) -> Any:
    """On to the page that says how far it is."""
    where = url_for("jobs.show", job_id=job.id)
    return answer_json(202, job=job.id, url=where) if wants_json() else back_to(where)


def _written(table: Table, form: RuleForm, how: str, shown: Shown) -> Any:
    ids, said = (table.visit.task_id, table.preview.id), table.preview.corrections
    gone = [int(one) for one in request.form.getlist("gone") if one.isdecimal()]
    pictures, harvest = keep_pictures(table.preview, table.reading, harvest_of(table, table.look(today()), gone))
    try:
        batch = actions.take_in(table.preview, table.visit, current_user, harvest, now=now(), seen=form.seen.data,
                                pictures=pictures)  # fmt: skip
    except OutOfTurn as refusal:
        release()
        return _clash(table, form, refusal, ids, said, shown)
    except NotYet as refusal:
        return shown(table, form, 422, missing=refusal.sentences)
    outcomes = _issued(batch) if how == "issue" else []
    return _done(batch, outcomes)


def _issued(batch: Batch) -> list[Outcome]:
    """Issue whatever is ready; the rest stays, with its reasons."""
    drafts = [finding.task for finding in queries.came_of(batch) if finding.task.state == "draft"]
    return issue_all(drafts, current_user, now=now())


def _clash(
    table: Table, form: RuleForm, refusal: OutOfTurn, ids: tuple[int, int], said: dict[str, Any], shown: Shown
) -> Any:
    """Somebody was faster: with the same list, then it is done; otherwise everything is shown again."""
    visit = visit_of_task(current_user, ids[0]) or abort(404)
    looked = queries.preview(current_user, visit, ids[1])
    batch = queries.taken(visit, looked.sha256) if looked else queries.of_preview(visit, ids[1])
    if batch is not None:
        return already(batch)
    if looked is None:
        abort(404)
    if wants_json():
        raise refusal
    form.seen.data, form.seen.raw_data = visit.task.version, None
    return shown(table.anew(looked, visit, said), form, 409, refusal=refusal)


def compared(table: Table, _form: RuleForm, what: str) -> Any:
    """She says whether it is a later version of the list of the same name, or another list."""
    table.preview.corrections = table.preview.corrections | {previewing.COMPARE: what == "compare"}
    db.session.flush()
    return back_to(asking.address(table, 1))


def already(batch: Batch) -> Any:
    """The same list a second time changes nothing, and says so."""
    if wants_json():
        return answer_json(batch=batch.id, taken=batch.taken, left_out=batch.left_out, already=True)
    flash(_("This list was already taken in on %(at)s by %(name)s. Nothing was written a second time.",
            at=moment(batch.at), name=batch.person.name), "soon")  # fmt: skip
    return back_to(page_of(batch.inspection.task))


def _done(batch: Batch, outcomes: list[Outcome]) -> Any:
    sent = sum(not one.why for one in outcomes)
    if wants_json():
        return answer_json(201, batch=batch.id, taken=batch.taken, left_out=batch.left_out, already=False,
                           changed=len(batch.changes), set_aside=len(batch.set_aside), issued=sent)  # fmt: skip
    if outcomes:
        flash(_("%(sent)d issued, %(kept)d kept as drafts.", sent=sent, kept=len(outcomes) - sent), "done")
        return back_to(url_for("intake.batch", batch_id=batch.id))
    flash(told(say("%(n)d problems were written down as drafts. Look at them, then issue them all at once.",
            n=batch.taken)), "done")  # fmt: skip
    whole = not (batch.set_aside or batch.changes)
    return back_to(page_of(batch.inspection.task) if whole else url_for("intake.batch", batch_id=batch.id))
