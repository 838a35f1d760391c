"""The fields of a preview's rows: what each is called, what it may hold, and the sentence where it does not."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _l

from app.intake.naming import Names
from app.intake.proposals import Values
from workflows.book import TRACKS, WEIGHTS

MEANINGS = (("planned", _l("planned")), ("done", _l("done")), ("open", _l("leave open")))
LABELS: dict[str, Any] = {
    "take": _l("Write down"), "text": _l("What is wrong"), "unit": _l("Responsible unit"), "owner": _l("Owner"),
    "deadline_on": _l("Deadline"), "meaning": _l("This date is"), "weight": _l("Weight"), "track": _l("Track"),
    "category": _l("Category"), "protection": _l("Protection until then"),
}  # fmt: skip
OF_MEASURE: dict[str, Any] = {
    "text": _l("What will be done"), "owner": _l("Owner"), "due_on": _l("To be done by"),
    "meaning": _l("This date is"), "answers": _l("It answers"), "also": _l("Also problems number"),
}  # fmt: skip
LIMITS = {"text": 2000, "unit": 120, "owner": 60, "category": 40, "protection": 2000, "also": 100}
CHOICES: dict[str, tuple[str, ...]] = {
    "weight": tuple(name for name, _label in WEIGHTS), "track": tuple(name for name, _label in TRACKS),
    "meaning": ("", *(name for name, _label in MEANINGS)),
}  # fmt: skip
_BY_DAY = {"deadline_on": LABELS, "due_on": OF_MEASURE}  # a row is known by the day it has: asked ten thousand times
_LIMITED = {day: [(name, LIMITS[name]) for name in fields if name in LIMITS] for day, fields in _BY_DAY.items()}
_CHOSEN = {day: [(name, CHOICES[name]) for name in fields if name in CHOICES] for day, fields in _BY_DAY.items()}
PLEASE = _l("Please fill this in.")
NOT_A_DATE = _l("Please enter a date, such as 2026-03-05.")
NOT_CHOSEN = _l("Choose one of the list.")
NUMBERS = re.compile(r"\d{1,5}(?:[\s,，、;；]+\d{1,5})*[\s,，、;；]*")


@functools.lru_cache(maxsize=4096)
def day_of(said: str) -> date | None:
    """The day that was entered; None for nothing and for what is no sensible day."""
    try:
        on = date.fromisoformat(said) if len(said) == 10 else None
    except ValueError:
        return None
    return on if on and 2000 <= on.year <= 2100 else None


def wrong_in_row(said: Values, names: Names) -> dict[str, str]:
    """What must be put right in a problem, by field."""
    wrong = _wrong(said, "deadline_on")
    if not said["text"].strip():
        wrong["text"] = gettext(PLEASE)
    if said["unit"] and "unit" not in wrong and not names.find(said["unit"]):
        wrong["unit"] = _no_such_unit(names, said["unit"])
    return wrong


def _no_such_unit(names: Names, said: str) -> str:
    near = "、".join(f"{one.name} {one.score}%" for one in names.near(said))
    if near:
        return gettext("No unit is called exactly so. Perhaps: %(names)s.", names=near)
    return gettext("No unit here is called so. Choose one from the list, or empty the field.")


def wrong_in_measure(said: Values, problems: int, offered: list[int]) -> dict[str, str]:
    """What must be put right in a measure, by field."""
    wrong = _wrong(said, "due_on")
    if set(said["answers"]).difference(offered):
        wrong["answers"] = gettext(NOT_CHOSEN)
    if said["also"] and not NUMBERS.fullmatch(said["also"]):
        wrong["also"] = gettext("Numbers of problems with commas between, such as 1, 3.")
    elif any(not 0 <= at < problems for at in named(said)):
        wrong["also"] = gettext("The problems of this list have the numbers 1 to %(n)d.", n=problems)
    return wrong


def named(said: Values) -> list[int]:
    """The problems named by number; their places from 0."""
    return [int(number) - 1 for number in re.findall(r"\d{1,5}", said["also"])] if said["also"] else []


def _wrong(said: Values, day: str) -> dict[str, str]:
    wrong = {
        name: gettext("At most %(max)d characters.", max=most)
        for name, most in _LIMITED[day] if (words := said.get(name)) and len(words) > most
    }  # fmt: skip
    for name, known in _CHOSEN[day]:
        if name in said and said[name] not in known:
            wrong[name] = gettext(NOT_CHOSEN)
    if said[day] and day_of(said[day]) is None:
        wrong[day] = gettext(NOT_A_DATE)
    return wrong


def posted(form: Any, kind: str, place: int, known: Values) -> Values:
    """What a form says of one row, beside what was known; fields that were not sent stay as they are.

    A box that is not ticked is not sent either: only rows that the page says it shows are unticked by that.
    """
    fields = LABELS if kind == "rows" else OF_MEASURE
    whole = str(place) in form.get("shown" if kind == "rows" else "shown_measures", "").split(",")
    said: Values = {}
    for name in fields:
        key = f"{kind}-{place}-{name}"
        if name in ("answers", "take") and not whole and key not in form:
            said[name] = known[name]
        elif name == "answers":
            said[name] = sorted({int(at) for at in form.getlist(key) if at.isdecimal()})
        elif name == "take":
            said[name] = key in form
        else:
            said[name] = form[key].replace("\r\n", "\n").strip() if key in form else known[name]
    return said


def settled(said: Values, read: date | None, day: str) -> Values:
    """A date that was said to be planned becomes the day itself."""
    return said | {day: read.isoformat()} if said["meaning"] == "planned" and read and not said[day] else said


def own_names(kind: str, places: Any) -> set[str]:
    """The names that the fields of these rows have."""
    fields: Mapping[str, Any] = LABELS if kind == "rows" else OF_MEASURE
    return {f"{kind}-{place}-{name}" for place in places for name in fields}
