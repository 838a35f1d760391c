"""How many wrong passwords are too many: every try is counted before it is looked at, so that none slips past."""

from __future__ import annotations

from datetime import datetime, timedelta
from ipaddress import IPv6Address, ip_address

import sqlalchemy as sa

from app.db import db, release, unit_of_work
from app.people import queries_access as queries
from app.people.models import Attempt
from app.people.sessions import KEPT

WINDOW = timedelta(minutes=15)
PER_LOGIN_HERE, PER_PLACE, PER_LOGIN = 5, 30, 60
# From a place where a login succeeded lately it cannot be locked out by strangers elsewhere.
KNOWN_FOR = KEPT


# Codes are tried without a login; they are counted under this name, by the place alone.
CODES = "*"


class TooOften(Exception):
    """Nobody may try on before `until`; the try was not looked at and does not count."""

    def __init__(self, until: datetime) -> None:
        super().__init__(until)
        self.until = until


def counted(login: str, place: str, now: datetime) -> int:
    """Keep one try as a failure, in a transaction of its own, before its password is checked; returns its id.

    Those who try at the same moment are let in one by one: however many there are, no more passwords are looked
    at than the limits allow. Raises TooOften.
    """
    release()
    with unit_of_work():
        queries.stand_in_line(f"place {place}", f"login {login}")
        if until := of_login(login, place, now):
            raise TooOften(until)
        attempt = Attempt(login=login[:60], ip=place, at=now, succeeded=False)
        db.session.add(attempt)
        db.session.flush()
        return attempt.id


def succeeded(attempt_id: int) -> None:
    """That try was the right one."""
    db.session.execute(sa.update(Attempt).where(Attempt.id == attempt_id).values(succeeded=True))


def place(address: str | None) -> str:
    """Where a request comes from; of IPv6 the /64, since one subscriber has all of that."""
    try:
        ip = ip_address(address or "")
    except ValueError:
        return "?"
    return f"{IPv6Address(int(ip) >> 64 << 64)}/64" if ip.version == 6 else str(ip)


def of_place(place: str, now: datetime) -> datetime | None:
    """Until when nobody may try from there; None when they may."""
    return _until(PER_PLACE, now, now - 2 * WINDOW, place=place)


def of_login(login: str, place: str, now: datetime) -> datetime | None:
    """Until when that login may not be tried from there; the same for logins that do not exist."""
    until = of_place(place, now)
    if until or login == CODES:
        return until
    succeeded = queries.last_success(login, place, since=now - KNOWN_FOR)
    since = max(succeeded or now - KNOWN_FOR, now - 2 * WINDOW)
    if until := _until(PER_LOGIN_HERE, now, since, login=login, place=place):
        return until
    return None if succeeded else _until(PER_LOGIN, now, now - 2 * WINDOW, login=login)


def _until(limit: int, now: datetime, since: datetime, *, login: str = "", place: str = "") -> datetime | None:
    """A window after the last failure, when the last `limit` of them fell into one window."""
    failures = queries.last_failures(limit, since=since, login=login, place=place)
    if len(failures) < limit or failures[0] - failures[-1] > WINDOW:
        return None
    until = failures[0] + WINDOW
    return until if now < until else None
