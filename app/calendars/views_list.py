"""A year's days taken in as a list: all of it, or nothing and what is wrong with which line."""

from __future__ import annotations

from typing import Any

from flask import abort, flash, url_for
from flask_babel import gettext as _
from flask_login import current_user

from app.acts import actions as acts
from app.calendars import actions, lists, queries
from app.calendars.actions import FIRST, LAST
from app.calendars.forms import DaysForm, ListForm
from app.calendars.views import bp, shown
from app.clock import now
from app.guard import for_administrators
from app.htmx import answer_json, back_to, wants_json
from app.words import told
from workflows.grammar import say

SAID = 20


@bp.post("/calendars/<int:year>/list")
@for_administrators
def take_in(year: int) -> Any:
    """Take the list in, or say which lines are wrong and change nothing."""
    if not FIRST <= year <= LAST:
        abort(404)
    form = ListForm()
    valid = form.validate()
    spans, wrong = lists.read(form.text.data or "", year) if valid else ([], [])
    if not valid or wrong:
        return _refused(year, form, wrong)
    days = sorted(lists.days(spans))
    before = queries.said_between(days[0], days[-1])
    for span in spans:
        actions.set_days(span.first, span.last, span.kind, span.note)
    acts.note("days", "calendar", queries.spans(days), current_user, now=now(), before={"days": before},
              after={"days": queries.said_between(days[0], days[-1])})  # fmt: skip
    if wants_json():
        return answer_json(days=len(days))
    flash(told(say("%(count)d days were set. Waits that run already keep their end; new ones count with this.",
            count=len(days))))  # fmt: skip
    return back_to(url_for("calendars.index", year=year))


def _refused(year: int, form: ListForm, wrong: list[Any]) -> Any:
    said = [_("Line %(n)d, “%(line)s”: %(why)s", n=n, line=line, why=told(why)) for n, line, why in wrong]
    if wants_json():
        lines = [{"line": n, "text": line, "why": told(why)} for n, line, why in wrong]
        return answer_json(422, lines=lines, fields={"text": [str(one) for one in form.text.errors]})
    more = [told(say("and %(n)d more lines", n=len(said) - SAID))] if len(said) > SAID else []
    form.text.errors = [*form.text.errors, *said[:SAID], *more]
    return shown(year, DaysForm(formdata=None, kind="off"), 422, listing=form)
