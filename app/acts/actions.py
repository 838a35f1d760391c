"""Writing acts down, in the same transaction as the change itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any, Protocol

from app.acts.models import Act
from app.db import db
from app.entering import enter_all

# By table: what an act is about, and what of it is kept.
KEPT: dict[str, tuple[str, tuple[str, ...]]] = {
    "units": (
        "unit",
        ("name", "kind", "code", "aliases", "has_account", "parent", "closed_on", "latitude", "longitude"),
    ),
    "persons": ("person", ("name", "login", "phone", "email", "is_admin", "active")),
    "posts": ("post", ("person", "unit", "kind", "title", "starts_on", "ends_on")),
    "deputies": ("deputy", ("person", "deputy", "starts_on", "ends_on")),
}
# That they changed is kept, not what they are: nothing can be taken out of here again.
VEILED = {"phone", "email"}


class Somebody(Protocol):
    """Whoever acts."""

    id: Any
    name: Any


def note(
    what: str, about: str, name: str, by: Somebody | None, *, now: datetime, about_id: int | None = None,
    before: dict[str, Any] | None = None, after: dict[str, Any] | None = None,
) -> Act:  # fmt: skip
    """Keep one act; `by` is None when it came from the command line."""
    act = _act(what, about, name, by, now, about_id, before, after)
    db.session.add(act)
    return act


def made(subject: Any, by: Somebody | None, *, now: datetime) -> None:
    """Keep that something is new, and what it is."""
    db.session.flush()
    db.session.add(_making(subject, by, now))


def all_made(subjects: Sequence[Any], by: Somebody | None, *, now: datetime) -> None:
    """The same for many, written together."""
    enter_all([_making(subject, by, now) for subject in subjects])


def _making(subject: Any, by: Somebody | None, now: datetime) -> Act:
    after = {name: _veiled(name, value) for name, value in facts(subject).items() if value not in (None, "")}
    return _act("make", kind_of(subject), name_of(subject), by, now, subject.id, after=after)


def _act(what: str, about: str, name: str, by: Somebody | None, now: datetime, about_id: int | None,
         before: dict[str, Any] | None = None, after: dict[str, Any] | None = None) -> Act:  # fmt: skip
    return Act(
        at=now, actor_id=by.id if by else None, actor_name=by.name if by else "", what=what, about=about,
        about_id=about_id, about_name=name[:120], before=before or {}, after=after or {},
    )  # fmt: skip


@contextmanager
def changing(subject: Any, what: str, by: Somebody | None, *, now: datetime) -> Iterator[None]:
    """Keep what of `subject` is different after what is done inside; nothing when nothing is."""
    before, name, number = facts(subject), name_of(subject), subject.id
    yield
    db.session.flush()
    after = facts(subject)
    changed = [name for name in before if before[name] != after[name]]
    if changed:
        note(what, kind_of(subject), name, by, now=now, about_id=number,
             before={key: _veiled(key, before[key]) for key in changed},
             after={key: _veiled(key, after[key]) for key in changed})  # fmt: skip


def kind_of(subject: Any) -> str:
    """What an act about it is about."""
    return KEPT[subject.__tablename__][0]


def name_of(subject: Any) -> str:
    """What it is called in the list of acts: its own name, or whose it is."""
    return str(getattr(subject, "name", "") or subject.person.name)


def facts(subject: Any) -> dict[str, Any]:
    """What is kept of it, as JSON keeps it."""
    return {name: _plain(getattr(subject, name)) for name in KEPT[subject.__tablename__][1]}


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return value.name if hasattr(value, "name") else value


def _veiled(name: str, value: Any) -> Any:
    return "***" if name in VEILED and value else value
