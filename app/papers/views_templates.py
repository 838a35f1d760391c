"""For administrators: the templates of papers, and the marks that stand in their numbers."""

from __future__ import annotations

from typing import Any

from flask import abort, flash, url_for
from flask_babel import gettext as _
from flask_login import current_user

from app.acts import actions as acts
from app.clock import now
from app.forms import only_a_button
from app.guard import for_administrators
from app.htmx import back_to, page
from app.papers import actions, checking, queries
from app.papers.forms import MarkForm, TemplateForm
from app.papers.kinds import KINDS, Kind
from app.papers.views import bp, sent
from app.units import queries as units
from app.words import told


@bp.get("/papers/templates")
@for_administrators
def templates() -> Any:
    """Every kind of paper with the template that counts."""
    return page("papers/templates.html", kinds=KINDS.values(), replaced=queries.templates())


@bp.get("/papers/templates/<kind>")
@for_administrators
def template(kind: str) -> Any:
    """One template: look at it, replace it, go back to ours."""
    return _template(_known(kind), TemplateForm(formdata=None))


def _known(kind: str) -> Kind:
    return KINDS.get(kind) or abort(404)


def _template(kind: Kind, form: TemplateForm, status: int = 200) -> Any:
    return page("papers/template.html", status, kind=kind, form=form, replaced=queries.template(kind.name),
                fields=sorted(checking.fields(kind.name)))  # fmt: skip


@bp.get("/papers/templates/<kind>/file.docx")
@for_administrators
def template_file(kind: str) -> Any:
    """The template that counts, to be changed in Word or WPS."""
    return sent(actions.template_of(_known(kind).name), f"{KINDS[kind].title}（模板）", "docx")


@bp.post("/papers/templates/<kind>")
@for_administrators
def replace_template(kind: str) -> Any:
    """Put another template in its place, once it has been checked and tried."""
    known, form = _known(kind), TemplateForm()
    if not form.validate():
        return _template(known, form, 422)
    with form.file.data.stream as stream:
        content = stream.read(checking.LARGEST + 1)
    try:
        checking.check(kind, content)
    except checking.Unfit as why:
        form.file.errors = [told(sentence) for sentence in why.sentences]
        return _template(known, form, 422)
    actions.replace_template(kind, form.file.data.filename or kind, content, current_user, now=now())
    _keep("template", known, after={"file": form.file.data.filename or kind})
    flash(_("The template was tried and counts from now on. Papers already numbered stay as they are."))
    return back_to(url_for(".template", kind=kind))


@bp.post("/papers/templates/<kind>/ours")
@for_administrators
def template_back(kind: str) -> Any:
    """Let our own template count again."""
    known = _known(kind)
    only_a_button()
    actions.back_to_ours(known.name, now=now())
    _keep("ours", known)
    return back_to(url_for(".template", kind=kind))


def _keep(what: str, kind: Kind, **facts: Any) -> None:
    acts.note(what, "paper", kind.title, current_user, now=now(), **facts)


@bp.get("/papers/marks")
@for_administrators
def marks() -> Any:
    """What stands before the year in the numbers of each unit."""
    return page("papers/marks.html", marks=queries.marks(), form=MarkForm(formdata=None))


@bp.post("/papers/marks/<int:unit_id>")
@for_administrators
def set_mark(unit_id: int) -> Any:
    """Set or clear one unit's mark."""
    unit, form = units.get(unit_id) or abort(404), MarkForm()
    if not form.validate():
        return page("papers/marks.html", 422, marks=queries.marks(), form=form)
    was, mark = queries.mark_of(unit.id), form.mark.data or ""
    actions.set_mark(unit, mark)
    acts.note("mark", "paper", unit.name, current_user, now=now(), about_id=unit.id,
              before={"mark": was}, after={"mark": mark})  # fmt: skip
    return back_to(url_for(".marks"))
