"""Forms of a visit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import DateField, RadioField, SelectField, SelectMultipleField, StringField, ValidationError
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import InputRequired, Length
from wtforms.widgets import CheckboxInput, ListWidget

from app.forms import Form, stripped
from app.inspections.models import KINDS
from app.people.models import Person
from app.units.models import Unit

KIND_LABELS = {
    "special": _l("Special inspection"), "routine": _l("Routine inspection"),
    "comprehensive": _l("Comprehensive inspection"), "random": _l("Random inspection"),
    "safety": _l("Safety inspection"), "term": _l("Start-of-term inspection"),
    "look_back": _l("Look-back"), "self_check": _l("Self-check"), "outside": _l("By an outside body"),
}  # fmt: skip
LEVEL_LABELS = {
    "own_head": _l("The unit's own head"), "district": _l("The unit's district"), "issuer": _l("The issuing unit"),
}  # fmt: skip
CHAINS: dict[str, tuple[str, ...]] = {
    "two": ("district", "issuer"),
    "three": ("own_head", "district", "issuer"),
    "one": ("issuer",),
}
CHAIN_LABELS = {
    "two": _l("Two levels: district, then issuing unit"),
    "three": _l("Three levels: own head, district, issuing unit"),
    "one": _l("One level: issuing unit"),
    "custom": _l("Another chain, set below"),
}
PLEASE = _l("Please fill this in.")
NOT_A_DATE = _l("Please enter a date, such as 2026-03-05.")


def at_most(limit: int) -> Length:
    """A limit with its sentence."""
    return Length(max=limit, message=_l("At most %(max)d characters."))


def sensible(_form: Form, field: DateField) -> None:
    """Refuse a year that can only be a slip of the finger."""
    if field.data and not 2000 <= field.data.year <= 2100:
        raise ValidationError(NOT_A_DATE)


class SaidForm(Form):
    """What may still be changed while a visit is being recorded."""

    first_day: date | None = None
    purpose = StringField(_l("What for"), [InputRequired(PLEASE), at_most(200)], filters=[stripped])
    place = StringField(_l("Place"), [at_most(200)], filters=[stripped])
    ends_on = DateField(_l("Last day"), [InputRequired(PLEASE), sensible])

    def validate_ends_on(self, field: DateField) -> None:
        """A visit ends on the day it began, or later."""
        if field.data and self.first_day and field.data < self.first_day:
            raise ValidationError(_l("The last day lies before the first."))


class VisitForm(SaidForm):
    """A new visit with its closing chain."""

    unit = SelectField(_l("Issuing unit"), coerce=int)
    kind = SelectField(_l("Kind of inspection"), [InputRequired(PLEASE)])
    starts_on = DateField(_l("First day"), [InputRequired(PLEASE), sensible])
    team = SelectMultipleField(
        _l("Who else takes part"), coerce=int, widget=ListWidget(), option_widget=CheckboxInput()
    )
    chain = RadioField(_l("Who verifies afterwards"), [InputRequired(PLEASE)], default="two")
    level_1 = SelectField(_l("Level 1"), default="")
    level_2 = SelectField(_l("Level 2"), default="")
    level_3 = SelectField(_l("Level 3"), default="")

    def validate(self, extra_validators: Any = None) -> bool:
        """The first day bounds the last, whichever field is looked at first."""
        self.first_day = self.starts_on.data
        return super().validate(extra_validators)

    def validate_chain(self, field: RadioField) -> None:
        """A chain set by hand starts at its first level and names no level twice."""
        if field.data != "custom":
            return
        named = [name for name in self._by_hand() if name]
        if not self.level_1.data or (self.level_3.data and not self.level_2.data):
            raise ValidationError(_l("Name the levels in order, from level 1."))
        if len(set(named)) < len(named):
            raise ValidationError(_l("Each level needs another unit."))

    def _by_hand(self) -> tuple[str, str, str]:
        return self.level_1.data or "", self.level_2.data or "", self.level_3.data or ""

    @property
    def levels(self) -> list[tuple[str, int | None]]:
        """The closing chain as the visit keeps it."""
        named: Sequence[str] = CHAINS.get(self.chain.data or "", ()) or [name for name in self._by_hand() if name]
        return [_level(name) for name in named]


def _level(name: str) -> tuple[str, int | None]:
    by, _colon, unit_id = name.partition(":")
    return (by, int(unit_id)) if unit_id else (by, None)


def visit_form(units: Sequence[Unit], verifiers: Sequence[Unit], people: Sequence[Person], **options: Any) -> VisitForm:
    """The form of a new visit for a viewer who records visits of `units`."""
    form = VisitForm(**options)
    form.unit.choices = [SelectChoice(value=str(unit.id), label=unit.name) for unit in units]
    form.kind.choices = [SelectChoice(value=kind, label=str(KIND_LABELS[kind])) for kind in KINDS]
    form.chain.choices = [SelectChoice(value=name, label=str(label)) for name, label in CHAIN_LABELS.items()]
    form.team.choices = [SelectChoice(value=str(person.id), label=person.name) for person in people]
    for field in (form.level_1, form.level_2, form.level_3):
        field.choices = list(_level_choices(verifiers))
    return form


def _level_choices(verifiers: Sequence[Unit]) -> Iterator[SelectChoice]:
    yield SelectChoice(value="", label="—")
    for name, label in LEVEL_LABELS.items():
        yield SelectChoice(value=name, label=str(label))
    for unit in verifiers:
        yield SelectChoice(value=f"unit:{unit.id}", label=gettext("Unit: %(name)s", name=unit.name))
