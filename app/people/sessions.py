"""Signing in and out: sessions are rows, so that ending one ends it everywhere at once."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from flask import Flask, current_app, request
from flask_login import LoginManager, current_user

from app.clock import now
from app.db import aside, db, unit_of_work
from app.people import queries
from app.people.models import Attempt, Person, SignIn

SEEN_EVERY = timedelta(minutes=5)
KEPT = timedelta(days=30)
# What answers without a sign-in beside the views marked `open_to_all`.
OPEN = {"static"}
OPEN_PATHS = {"/healthz", "/help", "/favicon.ico"}
login_manager = LoginManager()


def init_app(app: Flask) -> None:
    """Tie Flask-Login to the table of sign-ins."""
    login_manager.init_app(app)
    login_manager.login_view = "people.sign_in"
    login_manager.login_message = None
    login_manager.session_protection = None
    login_manager.user_loader(whose)
    app.before_request(only_signed_in)


def open_to_all(view: Callable[..., Any]) -> Callable[..., Any]:
    """A view that strangers may call; all others ask them to sign in first."""
    view.__dict__["open_to_all"] = True
    return view


def only_signed_in() -> Any:
    """Closed unless said otherwise: a view that forgot to ask who calls still shows nothing to strangers."""
    view = current_app.view_functions.get(request.endpoint or "")
    if view is None or request.endpoint in OPEN or request.path in OPEN_PATHS or "open_to_all" in view.__dict__:
        return None
    return None if current_user.is_authenticated else login_manager.unauthorized()


def hashed(token: str) -> str:
    """What is kept of a token: its SHA-256, so that the table opens nothing by itself."""
    return hashlib.sha256(token.encode()).hexdigest()


def start(person: Person, *, now: datetime, ip: str = "", agent: str = "") -> str:
    """A new sign-in of `person`; returns its token, which is kept nowhere else."""
    token = secrets.token_urlsafe(32)
    until = now + timedelta(hours=current_app.config["SESSION_HOURS"])
    db.session.add(
        SignIn(token_hash=hashed(token), person_id=person.id, started_at=now, seen_at=now, expires_at=until,
               ip=ip[:45], agent=agent[:200])
    )  # fmt: skip
    person.__dict__["sign_in_token"] = token
    return token


def end_all(person_id: int, *, now: datetime, but: str | None = None) -> None:
    """End every sign-in of a person, except the one with the token `but`."""
    live = sa.update(SignIn).where(SignIn.person_id == person_id, SignIn.ended_at.is_(None))
    if but:
        live = live.where(SignIn.token_hash != hashed(but))
    db.session.execute(live.values(ended_at=now))


def end(token: str, *, now: datetime) -> None:
    """End one sign-in."""
    db.session.execute(
        sa.update(SignIn).where(SignIn.token_hash == hashed(token), SignIn.ended_at.is_(None)).values(ended_at=now)
    )


def whose(token: str) -> Person | None:
    """The active person signed in with that token, seated; None when it ended, idled out or was disabled."""
    moment = now()
    sign_in = queries.signed_in(hashed(token), moment)
    if sign_in is None or not sign_in.person.active or _idle(sign_in, moment):
        return None
    if moment - sign_in.seen_at > SEEN_EVERY and request:
        aside(lambda: _seen(token, moment))
    sign_in.person.__dict__["sign_in_token"] = token
    return sign_in.person


def _idle(sign_in: SignIn, moment: datetime) -> bool:
    return moment - sign_in.seen_at > timedelta(minutes=current_app.config["IDLE_MINUTES"])


def _seen(token: str, moment: datetime) -> None:
    db.session.execute(sa.update(SignIn).where(SignIn.token_hash == hashed(token)).values(seen_at=moment))


def forget_old(now: datetime) -> int:
    """Delete sign-ins and attempts that have been over for thirty days; returns how many."""
    before = now - KEPT
    with unit_of_work():
        ended = db.session.scalars(sa.delete(SignIn).where(SignIn.expires_at < before).returning(SignIn.id)).all()
        tried = db.session.scalars(sa.delete(Attempt).where(Attempt.at < before).returning(Attempt.id)).all()
    return len(ended) + len(tried)
