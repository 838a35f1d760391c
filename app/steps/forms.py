"""Forms built from what a step asks."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import DateField, Field, IntegerField, SelectField, StringField, TextAreaField, ValidationError
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from app.clock import today
from app.db import db
from app.forms import Form, stripped
from app.people.models import Person
from app.people.queries import who_may_own
from app.tasks.models import Task
from app.units.models import Unit
from app.units.queries import who_may_answer
from workflows.grammar import Ask, Step

PLEASE = _l("Please fill this in.")


def form_for(step: Step, task: Task, base: type[Form] = Form, **options: Any) -> Any:
    """A form with one field for each thing that `step` asks of whoever takes it on `task`."""
    fields = {ask.name: FIELDS[ask.kind](ask, task) for ask in step.asks}
    return type("StepForm", (base,), fields)(**options)


def _rules(ask: Ask, *more: Any) -> list[Any]:
    first = InputRequired(PLEASE) if ask.required else Optional(strip_whitespace=True)
    return [first, *more]


def _named(ask: Ask) -> dict[str, Any]:
    return {"label": gettext(ask.label), "description": gettext(ask.hint) if ask.hint else ""}


def _text(ask: Ask, _task: Task) -> Field:
    too_long = Length(max=ask.limit, message=_l("At most %(max)d characters."))
    return TextAreaField(validators=_rules(ask, too_long), filters=[stripped], **_named(ask))


def _line(ask: Ask, _task: Task) -> Field:
    too_long = Length(max=ask.limit, message=_l("At most %(max)d characters."))
    return StringField(validators=_rules(ask, too_long), filters=[stripped], **_named(ask))


def _date(ask: Ask, _task: Task) -> Field:
    return DateField(validators=_rules(ask, _bounded(ask)), **_named(ask))


def _bounded(ask: Ask) -> Callable[[Any, Field], None]:
    def check(_form: Any, field: Field) -> None:
        on: date | None = field.data
        if on and ask.bound == "future" and on < today():
            raise ValidationError(_l("This date has already passed."))
        if on and ask.bound == "past" and on > today():
            raise ValidationError(_l("This date is still ahead."))

    return check


def _choice(ask: Ask, _task: Task) -> Field:
    choices = [SelectChoice(value=value, label=gettext(label)) for value, label in ask.choices]
    return SelectField(validators=_rules(ask), choices=choices, **_named(ask))


def _number(ask: Ask, _task: Task) -> Field:
    in_range = NumberRange(0, ask.limit, message=_l("A whole number from %(min)s to %(max)s."))
    return IntegerField(validators=_rules(ask, in_range), **_named(ask))


def _row(ask: Ask, rows: Iterable[Any], default: str = "") -> Field:
    choices = [
        SelectChoice(value="", label="—"),
        *(SelectChoice(value=str(r.id), label=r.name) for r in rows),
    ]
    return SelectField(validators=_rules(ask), choices=choices, default=default, **_named(ask))


def _person(ask: Ask, task: Task) -> Field:
    people = list(db.session.scalars(who_may_own(task.unit)))
    proposed = getattr(task.subject, "proposed_owner_id", None) if task.owner_id is None else None
    return _row(ask, people, next((str(one.id) for one in people if one.id == proposed), ""))


def _unit(ask: Ask, task: Task) -> Field:
    return _row(ask, db.session.scalars(who_may_answer(task.issuer_unit)))


FIELDS: dict[str, Callable[[Ask, Task], Field]] = {
    "text": _text, "line": _line, "task": _line, "date": _date, "choice": _choice,
    "number": _number, "person": _person, "unit": _unit,
}  # fmt: skip

ROWS: dict[str, Any] = {"person": Person, "unit": Unit}


def answers(step: Step, form: Form) -> dict[str, Any]:
    """What the form answers, ids turned into the people and units they name."""
    given = form.given
    return {ask.name: _answer(ask.kind, given[ask.name]) for ask in step.asks if ask.name in given}


def _answer(kind: str, value: Any) -> Any:
    return db.session.get(ROWS[kind], int(value)) if kind in ROWS and value else value
