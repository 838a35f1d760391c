"""How a person wants the ledger: the columns she looks at, and the views she saved under names of her own."""

from __future__ import annotations

from typing import Any, NamedTuple

from app.people.models import Person

# What may be left out; status and title always stand.
COLUMNS = ("number", "unit", "clause", "owner", "deadline", "waits")
MOST = 20
LONGEST = 40


class View(NamedTuple):
    """One saved view: its name, and the filters as they stand in the address."""

    id: int
    name: str
    query: str


def hidden(person: Person) -> tuple[str, ...]:
    """The columns she leaves out."""
    left_out = person.wishes.get("hidden", ())
    return tuple(column for column in COLUMNS if column in left_out)


def show_only(person: Person, columns: list[str]) -> None:
    """From now on she looks at these columns."""
    _keep(person, hidden=[column for column in COLUMNS if column not in columns])


def views(person: Person) -> tuple[View, ...]:
    """Her views, in the order in which she saved them."""
    return tuple(View(*kept) for kept in person.wishes.get("views", ()))


def view(person: Person, view_id: int) -> View | None:
    """Her view with that id."""
    return next((one for one in views(person) if one.id == view_id), None)


def save(person: Person, name: str, query: str) -> None:
    """Save what the address says under a name; a view of that name is replaced."""
    others = [one for one in views(person) if one.name != name]
    new = View(max((one.id for one in views(person)), default=0) + 1, name, query)
    _keep(person, views=[*others, new])


def rename(person: Person, view_id: int, name: str) -> None:
    """Another name for a view."""
    _keep(person, views=[one._replace(name=name) if one.id == view_id else one for one in views(person)])


def forget(person: Person, view_id: int) -> None:
    """The view is not wanted any more; findings are not touched by that."""
    _keep(person, views=[one for one in views(person) if one.id != view_id])


def _keep(person: Person, **changed: Any) -> None:
    person.wishes = {**person.wishes, **changed}
