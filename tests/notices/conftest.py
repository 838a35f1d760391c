"""A house that sends: mail to a catcher on this machine, robots only to a catcher on this machine."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest

from app.db import db, unit_of_work
from app.notices import keys
from app.notices.models import Channel, Swept
from app.people.models import Person
from tests.notices.catchers import HttpCatcher, MailCatcher, http_catcher, mail_catcher
from tests.notices.scenes import SINCE


@pytest.fixture(scope="module")
def mail_server() -> Iterator[MailCatcher]:
    with mail_catcher() as catcher:
        yield catcher


@pytest.fixture(scope="module")
def http_server() -> Iterator[HttpCatcher]:
    with http_catcher() as catcher:
        yield catcher


@pytest.fixture
def post(mail_server: MailCatcher, http_server: HttpCatcher, app: Any, monkeypatch: Any) -> Any:
    """Both catchers, empty and well behaved; everybody in the cast has a mail address."""
    mail_server.mails.clear()
    http_server.calls.clear()
    mail_server.refuses, http_server.behaves = "", "well"
    for name, value in {
        "SMTP_HOST": "127.0.0.1", "SMTP_PORT": mail_server.port, "SMTP_SECURITY": "none", "SEND_SECONDS": 0.6,
        "BASE_URL": "https://zhenggai.example.org", "NOTICE_GATEWAYS": [f"127.0.0.1:{http_server.port}"],
    }.items():  # fmt: skip
        monkeypatch.setitem(app.config, name, value)
    with app.app_context(), unit_of_work():
        for person in db.session.query(Person):
            person.email = f"{person.login}@example.org"
        db.session.query(Swept).one().since = SINCE
    return Post(mail_server, http_server)


class Post:
    """The two catchers."""

    def __init__(self, mail: MailCatcher, http: HttpCatcher) -> None:
        self.mail, self.http = mail, http

    def robot(self, kind: str, unit: Any, at: datetime, secret: str = "", **more: Any) -> Channel:
        """A robot of that unit at the catcher."""
        robot = Channel(kind=kind, name=f"{kind}群", unit_id=unit.id, made_at=at, **more)
        keys.keep(robot, f"{self.http.at}/{kind}?key=SECRETKEY", secret)
        with unit_of_work():
            db.session.add(robot)
        return robot
