"""Looking at a list before anything is written: corrections, the rule, suggestions, and the button that takes it in."""

from __future__ import annotations

from typing import Any

from flask import abort, flash, request, url_for
from flask_babel import gettext as _
from flask_login import current_user, login_required

from app.clock import now, today
from app.db import aside, db
from app.htmx import answer_json, back_to, number, page, wants_json
from app.intake import actions_rules, asking, assigning, previewing, queries, unmatched
from app.intake.columns import MEANINGS as COLUMN_MEANINGS
from app.intake.columns import asked_columns, shown_columns
from app.intake.faults import faults
from app.intake.fields import LABELS, MEANINGS, OF_MEASURE
from app.intake.files import Unreadable
from app.intake.forms import RULE, ListForm, RuleForm
from app.intake.long_lists import READ, TAKEN
from app.intake.models import Preview
from app.intake.previewing import Table
from app.intake.taking import already, compared, confirmed, under_way
from app.intake.views import bp, list_page, nothing_found, the_visit, unreadable
from app.jobs import queries as jobs
from app.steps.links import page_of
from app.words import told
from workflows.book import TRACKS, WEIGHTS


@bp.route("/tasks/<int:task_id>/previews/<int:preview_id>", methods=["GET", "POST"])
@login_required
def preview(task_id: int, preview_id: int) -> Any:
    """One look at a list; every button keeps what was corrected."""
    visit = the_visit(task_id)
    look_up = queries.preview if request.method == "GET" else queries.preview_to_change
    looked = look_up(current_user, visit, preview_id)
    if looked is None:
        return already(queries.of_preview(visit, preview_id) or abort(404))
    if busy := jobs.open_about(current_user, (READ, TAKEN), preview=preview_id):
        return under_way(busy)
    try:
        table = previewing.lay(looked, visit, current_user)
    except Unreadable as why:
        return unreadable(visit, looked, told(why.sentence), why.status)
    if not table.reading.findings:
        return nothing_found(table)
    if request.method == "GET":
        return shown(table, _rule_form(table))
    return _pressed(table)


def _rule_form(table: Table) -> RuleForm:
    form = RuleForm(formdata=None, data=table.rule)
    form.offer(table.names)
    form.seen.data = table.visit.task.version
    return form


def _sent_form(table: Table) -> RuleForm:
    """The rule as it was sent; a request that speaks only of rows leaves it as it is."""
    if any(name in request.form for name in RULE):
        form = RuleForm(data=table.rule)
        form.offer(table.names)
        return form
    form = _rule_form(table)
    form.do.data, form.seen.data = request.form.get("do", ""), request.form.get("seen", type=number)
    return form


def _pressed(table: Table) -> Any:
    form = _sent_form(table)
    if unknown := asking.unknown(request, table):
        form.form_errors.append(_("Unknown fields were sent: %(names)s. Nothing was saved.", names=", ".join(unknown)))
        return shown(table, form, 422)
    rows, measures = asking.places(request.form, table)
    previewing.absorb(table, request.form, rows, measures)
    valid = form.validate_fields() if form.is_sent else True
    if valid:
        table.rule = table.preview.rule = form.rule
    do, _colon, what = (form.do.data or "").partition(":")
    buttons = {"look": _turned, "assign": _assigned, "put": _put, "names": _named, "columns": _columns,
               "drop": _dropped, "back": _text_again, "compare": compared, "apart": compared,
               "confirm": _take_in, "issue": _take_in, "good": _take_in}  # fmt: skip
    if do not in buttons:
        form.form_errors.append(_("No button of this page was pressed. Nothing was saved."))
        return shown(table, form, 422)
    if not valid and do in ("assign", "confirm", "issue", "good"):
        return shown(table, form, 422)
    return buttons[do](table, form, what or do)


def _keep_even_so(table: Table) -> None:
    """What was corrected stays where the answer is a refusal and its transaction is given up."""
    number, said, mark = table.preview.id, table.preview.corrections, table.preview.mark

    def write() -> None:
        kept = db.session.get(Preview, number)
        if kept is not None and kept.corrections != said:
            kept.corrections, kept.mark = said, mark

    aside(write)


def _turned(table: Table, form: RuleForm, what: str) -> Any:
    """Another page of the list."""
    if wants_json():
        return shown(table, form)
    return back_to(asking.address(table, int(what) if what.isdecimal() else 1, show=request.form.get("show")))


def _assigned(table: Table, form: RuleForm, _what: str) -> Any:
    """The rule filled in; still nothing is written."""
    changed = assigning.assign(table, table.look(today()), today())
    return shown(table, form, changed=changed)


def _put(table: Table, form: RuleForm, what: str) -> Any:
    """A suggestion taken over."""
    place, name, value = asking.suggestion(what, table)
    said = table.rows[place][name]
    if name == "unit" and said and table.names.find(said) is None:
        table, changed = unmatched.settle(table, {said: value}, now())
    else:
        changed = assigning.put_everywhere(table, place, name, value)
    return shown(table, form, changed=changed)


def _named(table: Table, form: RuleForm, _what: str) -> Any:
    """The names that are no unit's settled, each for all its rows."""
    chosen = unmatched.chosen(table, request.form, table.look(today()))
    for name, unit in chosen.items():
        if table.names.find(unit) is None:
            said = _(
                "No unit is called %(unit)s, so %(name)s stays open. Choose one of the list.", unit=unit, name=name
            )
            form.form_errors.append(said)
    if form.form_errors:
        return shown(table, form, 422)
    table, changed = unmatched.settle(table, chosen, now())
    return shown(table, form, changed=changed)


def _columns(table: Table, form: RuleForm, _what: str) -> Any:
    """Columns taken for something else; the list is read anew, and the same headings are remembered."""
    table.preview.columns = asked_columns(table, request.form)
    table.preview.corrections, table.preview.mark = {}, ""
    headings = queries.mark_of(one.heading for one in table.reading.columns)
    issuer = table.visit.task.issuer_unit_id
    actions_rules.remember_columns(issuer, headings, dict(table.preview.columns), current_user, now())
    db.session.flush()
    return back_to(asking.address(table, 1))


def _dropped(table: Table, _form: RuleForm, _what: str) -> Any:
    """The list is taken off the table; nothing of it was written."""
    db.session.delete(table.preview)
    if wants_json():
        return answer_json(dropped=True)
    flash(_("The list was put away. Nothing of it was written down."), "done")
    return back_to(page_of(table.visit.task))


def _text_again(table: Table, _form: RuleForm, _what: str) -> Any:
    again = ListForm(formdata=None, data=table.rule | {"raw": table.preview.text})
    again.offer(table.names)
    return list_page(table.visit, again)


def _take_in(table: Table, form: RuleForm, how: str) -> Any:
    return confirmed(table, form, how, shown)


def shown(table: Table, form: RuleForm, status: int = 200, **more: Any) -> Any:
    """The page of rows that was asked for, or the one with the first fault."""
    if status >= 400:
        _keep_even_so(table)
    seen = table.look(today())
    wrong = list(faults(seen, seen.bad)) + asking.rule_faults(form)
    if wants_json():
        return asking.answer(table, seen, status, form, wrong, more)
    number, only = asking.turned_to(request.values), request.values.get("show") == "look"
    at = table.page(seen, number, only)
    more["refused"] = status >= 400
    form.seen.data = form.seen.data if status == 422 else table.visit.task.version
    return page(
        "intake/preview.html", status, visit=table.visit, task=table.visit.task, form=form, reading=table.reading,
        seen=seen, at=at, only=only, units=table.names.units, faults=unmatched.besides(wrong, seen), table=table,
        preview=table.preview,
        back=page_of(table.visit.task), columns=shown_columns(table), labels={"problem": LABELS, "measure": OF_MEASURE},
        tracks=TRACKS, weights=WEIGHTS, meanings=MEANINGS, column_meanings=COLUMN_MEANINGS,
        unmatched=unmatched.names(table, seen), most_unmatched=unmatched.MOST_SHOWN,
        url=url_for("intake.preview", task_id=table.visit.task_id, preview_id=table.preview.id),
        looking=sum(one.needs_a_look for one in seen.problems), **more,
    )  # fmt: skip
