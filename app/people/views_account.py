"""The own account: a new password, an activation code, and the set-up of an empty house."""

from __future__ import annotations

from typing import Any

from flask import abort, flash, request, url_for
from flask_babel import gettext as _
from flask_login import current_user, login_required

from app.clock import now
from app.db import aside, release
from app.forms import only_a_button
from app.htmx import back_to, page
from app.people import actions_access as actions
from app.people import codes, lockout, passwords, sessions
from app.people import queries_access as queries
from app.people.forms_access import ActivationForm, PasswordForm, SetUpForm
from app.people.sessions import open_to_all
from app.people.views import bp
from app.people.views_access import here, too_often, welcome


@bp.get("/password")
@login_required
def password() -> Any:
    """The form for an own new password, and where one is signed in."""
    return show(PasswordForm())


def show(form: PasswordForm, status: int = 200) -> tuple[str, int]:
    """The page of the own account."""
    live = queries.live_sign_ins(current_user.id, now())
    this = sessions.hashed(current_user.get_id())
    return page("people/password.html", status, form=form, sign_ins=live, this=this)


@bp.post("/password")
@login_required
def change_password() -> Any:
    """A new password; every browser that knew the old one is signed out."""
    form = PasswordForm().of(current_user)
    if not form.validate():
        return show(form, 422)
    login = current_user.login
    try:
        attempt = lockout.counted(login, here(), now())
    except lockout.TooOften as wait:
        return show(too_often(form, wait.until), 429)
    kept = passwords.hashed(form.password.data)
    person = actions.who(login, form.current.data)
    if person is None:
        form.current.errors = [_("This is not your present password.")]
        return show(form, 422)
    aside(lambda: lockout.succeeded(attempt))
    actions.set_password(person, kept, now=now())
    said = _("Your password was changed. Everywhere else you are signed out.")
    return welcome(person, url_for("people.password"), said)


@bp.post("/password/others")
@login_required
def end_others() -> Any:
    """Sign out everywhere but here."""
    only_a_button()
    sessions.end_all(current_user.id, now=now(), but=current_user.get_id())
    flash(_("Everywhere else you are signed out."))
    return back_to(url_for("people.password"))


@bp.get("/activate")
@open_to_all
def activate() -> Any:
    """The form for a printed code."""
    return page("people/activate.html", form=ActivationForm(code=request.args.get("code", "")[:40]))


@bp.post("/activate")
@open_to_all
def use_code() -> Any:
    """A code and an own password: the account is open, and one is in."""
    form = ActivationForm()
    try:
        attempt = lockout.counted(lockout.CODES, here(), now()) if form.code.data else 0
    except lockout.TooOften as wait:
        return page("people/activate.html", 429, form=too_often(form, wait.until))
    person = codes.whose(form.code.data or "", now())
    valid = (form.of(person) if person else form).validate()
    if person is not None:
        aside(lambda: lockout.succeeded(attempt))
    elif form.code.data:
        form.code.errors = [_("This code is wrong, used or older than 14 days. Ask your administrator for a new one.")]
        valid = False
    return take(form) if valid else page("people/activate.html", 422, form=form)


def take(form: ActivationForm) -> Any:
    """Use the code up; of two who send it at the same moment the second is told."""
    release()
    kept = passwords.hashed(form.password.data or "")
    person = actions.activate(form.code.data or "", kept, now=now())
    if person is None:
        abort(409)
    said = _("Welcome, %(name)s. From now on you sign in as %(login)s.", name=person.name, login=person.login)
    return welcome(person, said=said)


@bp.get("/setup")
@open_to_all
def set_up() -> Any:
    """The first page of an empty house, for whoever runs the machine; later there is none."""
    only_while_empty()
    return page("people/setup.html", form=SetUpForm(code=request.args.get("code", "")[:40]))


@bp.post("/setup")
@open_to_all
def do_set_up() -> Any:
    """The first administrator and the first units, all or nothing."""
    only_while_empty()
    form = SetUpForm()
    try:
        attempt = lockout.counted(lockout.CODES, here(), now()) if form.code.data else 0
    except lockout.TooOften as wait:
        return page("people/setup.html", 429, form=too_often(form, wait.until))
    valid = form.validate()
    if form.is_ours:
        aside(lambda: lockout.succeeded(attempt))
    if not valid:
        return page("people/setup.html", 422, form=form)
    release()
    person = actions.set_up(
        name=form.name.data or "", login=form.login.data or "", kept=passwords.hashed(form.password.data or ""),
        bureau=form.bureau.data or "", names=form.unit_names, now=now(),
    )  # fmt: skip
    if person is None:
        abort(404)
    return welcome(person, said=_("The house is set up. Next: add people and give them posts."))


def only_while_empty() -> None:
    """Whoever comes after the first person finds nothing here."""
    if not queries.nobody_yet():
        abort(404)
