"""Getting in and out: signing in, signing out, and the language of the screen."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask import Response, abort, current_app, flash, redirect, request, session, url_for
from flask_babel import gettext as _
from flask_login import current_user, login_user, logout_user

from app.clock import now
from app.db import aside
from app.forms import only_a_button
from app.htmx import answer_json, back_to, inside, is_part, page, wants_json
from app.people import actions_access as actions
from app.people import lockout, sessions
from app.people import queries_access as queries
from app.people.forms_access import DemoForm, LanguageForm, SignInForm
from app.people.models import Person
from app.people.sessions import open_to_all
from app.people.views import bp
from app.words import LOCALES, moment


@sessions.login_manager.unauthorized_handler
def ask_to_sign_in() -> Any:
    """Strangers are asked who they are, and led to where they wanted afterwards."""
    if wants_json():
        return answer_json(401, error=_("You are not signed in"), sentences=[_("Sign in, then try again.")])
    url = url_for("people.sign_in", next=_wanted())
    return Response(status=401, headers={"HX-Redirect": url}) if is_part() else redirect(url, 303)


def _wanted() -> str | None:
    """The page that was asked for, or the one of this house from which something was posted."""
    asked = request.full_path.removesuffix("?")
    if is_part() or request.method != "GET":
        before = request.headers.get("HX-Current-URL") or request.referrer or ""
        asked = before.removeprefix(request.host_url.rstrip("/"))
    wanted = inside(asked)
    return wanted if wanted != "/" else None


@bp.get("/login")
@open_to_all
def sign_in() -> Any:
    """The sign-in page; whoever is signed in goes on, and an empty house is set up first."""
    wanted = inside(request.args.get("next"))
    if current_user.is_authenticated:
        return redirect(wanted)
    if queries.nobody_yet():
        return redirect(url_for("people.set_up"))
    return show(SignInForm(next=wanted))


def show(form: SignInForm, status: int = 200) -> tuple[str, int]:
    """The sign-in page, with the demo people in demo mode."""
    people = queries.demo_people() if current_app.config["DEMO"] else []
    return page("people/sign_in.html", status, form=form, demo_people=people)


@bp.post("/login")
@open_to_all
def try_to_sign_in() -> Any:
    """Login and password: in, or one sentence that says the same about everybody."""
    form = SignInForm()
    if not form.validate():
        return show(form, 422)
    login = form.login.data or ""
    try:
        attempt = lockout.counted(login, here(), now())
    except lockout.TooOften as wait:
        return show(too_often(form, wait.until), 429)
    person = actions.who(login, form.password.data or "")
    if person is None:
        form.form_errors.append(_("Login and password do not fit. Try again, or ask your administrator for a code."))
        return show(form, 422)
    aside(lambda: lockout.succeeded(attempt))
    return welcome(person, form.next.data)


def here() -> str:
    """Where this request comes from."""
    return lockout.place(request.remote_addr)


def too_often(form: Any, until: datetime) -> Any:
    """The form, saying how long to wait."""
    said = _("Too many failed tries from here. Nothing was changed. Try again after %(at)s.", at=moment(until))
    form.form_errors.append(said)
    return form


@bp.post("/login/demo")
@open_to_all
def sign_in_as_demo() -> Any:
    """One tap in demo mode; anywhere else there is no such page."""
    form = DemoForm()
    if not current_app.config["DEMO"] or not form.validate():
        abort(404)
    person = queries.demo_person(form.login.data or "")
    return welcome(person, form.next.data) if person else abort(404)


def welcome(person: Person, wanted: str | None = None, said: str = "") -> Any:
    """A fresh sign-in under a fresh token, and what to say on its first page."""
    leave()
    sessions.start(person, now=now(), ip=request.remote_addr or "", agent=request.user_agent.string)
    login_user(person)
    if said:
        flash(said)
    return back_to(inside(wanted))


def leave() -> None:
    """End the sign-in of this browser; of its session only the language is left."""
    if current_user.is_authenticated:
        sessions.end(current_user.get_id(), now=now())
        logout_user()
    language = session.get("locale")
    session.clear()
    if language:
        session["locale"] = language


@bp.post("/logout")
@open_to_all
def sign_out() -> Any:
    """Out, here and for good."""
    only_a_button()
    leave()
    flash(_("You are signed out."))
    return back_to(url_for("people.sign_in"))


@bp.post("/language")
@open_to_all
def choose_language() -> Any:
    """The language of this browser, and of the person when one is signed in."""
    form = LanguageForm()
    if not form.validate() or form.locale.data not in LOCALES:
        abort(422, _("Rectify does not speak that language. Nothing was changed."))
    session["locale"] = form.locale.data
    if current_user.is_authenticated:
        current_user.locale = form.locale.data
    return back_to(inside(form.next.data))
