"""The list of people and the page of each, for administrators."""

from __future__ import annotations

from typing import Any

from flask import abort, flash, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from app.acts import actions as acts
from app.clock import now, today
from app.guard import for_administrators
from app.htmx import back_to, page
from app.people import actions_staff, queries_staff
from app.people.forms_staff import POST_LABELS, ActForm, DeputyForm, EndForm, PersonForm, PostForm
from app.people.models import Person
from app.people.views import bp
from app.units import queries as units


@bp.get("/people")
@for_administrators
def index() -> Any:
    """Everybody, searchable by name, login, phone or unit, a page at a time."""
    words = request.args.get("q", "").strip()[:100]
    found = queries_staff.listed(words, request.args.get("after", "")[:60])
    people, more = found[: queries_staff.PER_PAGE], len(found) > queries_staff.PER_PAGE
    following = url_for("people.index", q=words or None, after=people[-1].login) if more else None
    return page("people/index.html", people=people, q=words, next_url=following, today=today(), posts=POST_LABELS)


@bp.get("/people/new")
@for_administrators
def new() -> Any:
    """The form for somebody new."""
    return page("people/new.html", form=PersonForm(formdata=None))


@bp.post("/people/new")
@for_administrators
def create() -> Any:
    """Enter somebody new; her post comes next."""
    form = PersonForm()
    if not form.validate():
        return page("people/new.html", 422, form=form)
    person = actions_staff.add_person(now=now(), **form.given)
    acts.made(person, current_user, now=now())
    flash(_("%(name)s was added. Give her a post, then print the activation code.", name=person.name))
    return back_to(url_for("people.show", person_id=person.id))


@bp.get("/people/<int:person_id>")
@for_administrators
def show(person_id: int) -> Any:
    """Who somebody is, which posts she holds, who stands in for her."""
    return _shown(_found(person_id))


def _shown(person: Person, status: int = 200, **forms: Any) -> Any:
    blank = {
        "form": lambda: PersonForm(person, formdata=None),
        "post_form": lambda: PostForm(formdata=None),
        "deputy_form": lambda: DeputyForm(person, formdata=None),
    }
    forms |= {name: make() for name, make in blank.items() if name not in forms}
    deputies = queries_staff.deputies_of(person)
    return page("people/show.html", status, person=person, deputies=deputies, today=today(), posts=POST_LABELS, **forms)


@bp.post("/people/<int:person_id>")
@for_administrators
def save(person_id: int) -> Any:
    """Keep other facts about somebody."""
    person = _found(person_id)
    form = PersonForm(person)
    if not form.validate():
        return _shown(person, 422, form=form)
    with acts.changing(person, "edit", current_user, now=now()):
        actions_staff.edit_person(person, **form.given)
    return _done(person, _("%(name)s was saved.", name=person.name))


@bp.post("/people/<int:person_id>/posts")
@for_administrators
def add_post(person_id: int) -> Any:
    """Give somebody a post."""
    person = _found(person_id)
    form = PostForm()
    if not form.validate():
        return _shown(person, 422, post_form=form)
    given = form.given
    unit = units.get(int(given.pop("unit"))) or abort(404)
    acts.made(actions_staff.add_post(person, unit, **given), current_user, now=now())
    return _done(person, _("The post was added."))


@bp.post("/posts/<int:post_id>/end")
@for_administrators
def end_post(post_id: int) -> Any:
    """End a post, and go on to what must be handed over."""
    post = queries_staff.post(post_id) or abort(404)
    form = EndForm(post)
    if not form.validate():
        return _shown(post.person, 422, end_form=form)
    with acts.changing(post, "end", current_user, now=now()):
        actions_staff.end_post(post, on=form.ends_on.data or today())
    flash(_("The post ends on %(day)s.", day=post.ends_on))
    return back_to(url_for("overview.handover", person_id=post.person_id))


@bp.post("/people/<int:person_id>/deputies")
@for_administrators
def add_deputy(person_id: int) -> Any:
    """Name who stands in for somebody."""
    person = _found(person_id)
    form = DeputyForm(person)
    if not form.validate() or form.chosen is None:
        return _shown(person, 422, deputy_form=form)
    first, last = form.starts_on.data, form.ends_on.data
    deputyship = actions_staff.add_deputy(person, form.chosen, starts_on=first, ends_on=last)  # type: ignore[arg-type]
    acts.made(deputyship, current_user, now=now())
    return _done(person, _("%(name)s stands in.", name=form.chosen.name))


@bp.post("/deputies/<int:deputy_id>/end")
@for_administrators
def end_deputy(deputy_id: int) -> Any:
    """End a deputyship before its last day."""
    row = queries_staff.deputyship(deputy_id) or abort(404)
    if not ActForm().validate():
        abort(422)
    person = row.person
    gone = acts.facts(row)
    actions_staff.end_deputy(row, today=today())
    acts.note("end", "deputy", person.name, current_user, now=now(), about_id=deputy_id, before=gone)
    return _done(person, _("The deputyship has ended."))


@bp.post("/people/<int:person_id>/disable")
@for_administrators
def disable(person_id: int) -> Any:
    """Somebody signs in no more; never the one who asks, so that an administrator is left."""
    person = _found(person_id)
    if not ActForm().validate():
        abort(422)
    if person.id == current_user.id:
        abort(422, _("You cannot disable your own account; ask another administrator."))
    with acts.changing(person, "disable", current_user, now=now()):
        actions_staff.disable(person, now=now())
    flash(_("%(name)s can no longer sign in and was signed out everywhere.", name=person.name))
    return back_to(url_for("overview.handover", person_id=person.id))


@bp.post("/people/<int:person_id>/enable")
@for_administrators
def enable(person_id: int) -> Any:
    """Somebody may sign in again."""
    person = _found(person_id)
    if not ActForm().validate():
        abort(422)
    with acts.changing(person, "enable", current_user, now=now()):
        actions_staff.enable(person)
    return _done(person, _("%(name)s may sign in again.", name=person.name))


def _done(person: Person, said: str) -> Any:
    flash(said)
    return back_to(url_for("people.show", person_id=person.id))


def _found(person_id: int) -> Person:
    return queries_staff.get(person_id) or abort(404)
