"""Setting screens up and revoking them."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime

from app.acts import actions as acts
from app.analysis.models import Screen
from app.db import db
from app.people.models import Person
from app.units.models import Unit


def set_up(name: str, unit: Unit, by: Person, *, now: datetime) -> tuple[Screen, str]:
    """A new screen, and the token that opens it; the token is kept nowhere."""
    token = secrets.token_urlsafe(24)
    screen = Screen(name=name, unit=unit, token_hash=hashed(token), made_at=now, made_by_id=by.id)
    db.session.add(screen)
    db.session.flush()
    acts.note("screen", "unit", f"{unit.name} · {name}", by, now=now, about_id=unit.id)
    return screen, token


def revoke(screen: Screen, by: Person, *, now: datetime) -> None:
    """From now on its address opens nothing."""
    if screen.revoked_at is None:
        screen.revoked_at, screen.revoked_by_id = now, by.id
        acts.note("screen_off", "unit", f"{screen.unit.name} · {screen.name}", by, now=now, about_id=screen.unit_id)


def hashed(token: str) -> str:
    """How a token is kept."""
    return hashlib.sha256(token.encode()).hexdigest()
