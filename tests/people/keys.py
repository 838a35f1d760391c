"""Passwords for the cast, and what a browser does at the door."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.db import db, unit_of_work
from app.people import passwords
from app.people.models import Attempt, Person

RIGHT, WRONG = "summer-rain-37", "winter-rain-37"


def change(app: Flask, login: str, **facts: Any) -> None:
    """Other facts about a person of the cast; a password is hashed."""
    with app.app_context(), unit_of_work():
        person = db.session.query(Person).filter_by(login=login).one()
        if "password" in facts:
            facts["password_hash"] = passwords.hashed(facts.pop("password"))
        for name, value in facts.items():
            setattr(person, name, value)


def look(app: Flask, login: str) -> Person:
    """The person as the database has her."""
    with app.app_context():
        return db.session.query(Person).filter_by(login=login).one()


def attempts(app: Flask) -> list[tuple[str, str, bool]]:
    """Every try that was kept, the first one first."""
    with app.app_context():
        return [(row.login, row.ip, row.succeeded) for row in db.session.query(Attempt).order_by(Attempt.id)]


def enter(browser: FlaskClient, login: str, password: str = RIGHT, ip: str = "10.0.0.1", **more: Any) -> Any:
    """Type a login and a password at the sign-in page."""
    typed = {"login": login, "password": password, **more}
    return browser.post("/login", data=typed, environ_base={"REMOTE_ADDR": ip})


def is_in(browser: FlaskClient) -> bool:
    """Whether that browser is signed in, asked as JSON."""
    return browser.get("/password", headers={"Accept": "application/json"}).status_code != 401


def token(browser: FlaskClient) -> str | None:
    """What the browser's cookie holds of its sign-in."""
    with browser.session_transaction() as cookie:
        return cookie.get("_user_id")


def meanwhile(monkeypatch: pytest.MonkeyPatch, name: str, act: Callable[[], object]) -> None:
    """Let somebody else act while a password is being hashed, which is when nobody holds a lock."""
    whole = getattr(passwords, name)

    def slow(*given: str) -> object:
        monkeypatch.setattr(passwords, name, whole)
        act()
        return whole(*given)

    monkeypatch.setattr(passwords, name, slow)
