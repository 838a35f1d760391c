"""One row of the preview: a problem or a measure, every field open to correction."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, DateField, RadioField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms import Form as Part
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import InputRequired, Length, Optional, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from app.forms import not_blank, stripped
from app.intake.naming import Names
from workflows.book import TRACKS, WEIGHTS

PLEASE = _l("Please fill this in.")
MEANINGS = (("planned", _l("planned")), ("done", _l("done")), ("open", _l("leave open")))
NOT_A_DATE = _l("Please enter a date, such as 2026-03-05.")


def chosen_from(pairs: Iterable[tuple[Any, Any]]) -> list[SelectChoice]:
    """The choices of a field, in the reader's language."""
    return [SelectChoice(value=value, label=gettext(label)) for value, label in pairs]


def at_most(limit: int) -> Length:
    """A limit with its sentence."""
    return Length(max=limit, message=_l("At most %(max)d characters."))


def sensible(_form: Any, field: DateField) -> None:
    """Refuse a year that can only be a slip of the finger."""
    if field.data and not 2000 <= field.data.year <= 2100:
        raise ValidationError(NOT_A_DATE)


def meaning_of_date() -> RadioField:
    """What a date means that the list leaves open; while nothing is chosen it stays open."""
    return RadioField(_l("This date is"), [Optional()], default="")


def put(field: Any, value: Any) -> None:
    """Fill a field in, so that it also shows it."""
    field.data, field.raw_data = value, None


def is_empty(field: DateField) -> bool:
    """Whether nothing was entered, not even something wrong."""
    return field.data is None and not any((raw or "").strip() for raw in field.raw_data or [])


class _Row(Part):
    """Speaks the reader's language; the token is the form's around it."""

    class Meta(FlaskForm.Meta):
        csrf = False


class RowForm(_Row):
    """One problem."""

    names: Names | None = None

    take = BooleanField(_l("Write down"), default=False)
    text = TextAreaField(_l("What is wrong"), [InputRequired(PLEASE), not_blank, at_most(2000)], filters=[stripped])
    unit = StringField(_l("Responsible unit"), [at_most(120)], filters=[stripped])
    owner = StringField(_l("Owner"), [at_most(60)], filters=[stripped])
    deadline_on = DateField(_l("Deadline"), [Optional(strip_whitespace=True), sensible])
    meaning = meaning_of_date()
    weight = SelectField(_l("Weight"), default="ordinary")
    track = SelectField(_l("Track"), default="deadline")
    protection = TextAreaField(_l("Protection until then"), [at_most(2000)], filters=[stripped])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.weight.choices, self.track.choices = chosen_from(WEIGHTS), chosen_from(TRACKS)
        self.meaning.choices = chosen_from(MEANINGS)

    def validate(self, extra_validators: Any = None) -> bool:
        """A row that is left out may be as it is."""
        return not self.take.data or super().validate(extra_validators)

    def validate_unit(self, field: StringField) -> None:
        """The unit is one that can be made responsible."""
        if not field.data or self.names is None or self.names.find(field.data):
            return
        near = "、".join(unit.name for unit in self.names.near(field.data))
        if near:
            raise ValidationError(gettext("No unit is called exactly so. Perhaps: %(names)s.", names=near))
        raise ValidationError(gettext("No unit here is called so. Choose one from the list, or empty the field."))

    def settle(self, read: date | None) -> None:
        """A date that was said to be planned becomes the deadline."""
        if self.meaning.data == "planned" and read and is_empty(self.deadline_on):
            put(self.deadline_on, read)

    def fill(self, unit: str, deadline: date, passed: date | None) -> bool:
        """Fill what is lacking; deadlines before `passed` count as lacking. Whether anything changed."""
        lacks_unit = bool(unit) and not self.unit.data
        on = self.deadline_on.data
        lacks_date = is_empty(self.deadline_on) or bool(passed and on and on < passed)
        if lacks_unit:
            put(self.unit, unit)
        if lacks_date:
            put(self.deadline_on, deadline)
        return lacks_unit or lacks_date


class MeasureForm(_Row):
    """One measure and the problems it answers."""

    text = TextAreaField(_l("What will be done"), [at_most(2000)], filters=[stripped])
    owner = StringField(_l("Owner"), [at_most(60)], filters=[stripped])
    due_on = DateField(_l("To be done by"), [Optional(strip_whitespace=True), sensible])
    meaning = meaning_of_date()
    answers = SelectMultipleField(
        _l("It answers"), coerce=int, option_widget=CheckboxInput(), widget=ListWidget(prefix_label=False)
    )
    also = StringField(_l("Also problems number"), [at_most(100)], filters=[stripped])
    problems = 0

    def offer(self, suggested: list[int], problems: int) -> None:
        """The problems that were suggested for it, and how many there are."""
        self.problems = problems
        self.answers.choices = [SelectChoice(value=at, label=str(at + 1)) for at in suggested]
        self.meaning.choices = chosen_from(MEANINGS)

    def validate_also(self, field: StringField) -> None:
        """Numbers of problems of this list."""
        if field.data and not re.fullmatch(r"\d{1,3}(?:[\s,，、;；]+\d{1,3})*[\s,，、;；]*", field.data):
            raise ValidationError(gettext("Numbers of problems with commas between, such as 1, 3."))
        if any(not 0 <= at < self.problems for at in self._named):
            raise ValidationError(gettext("The problems of this list have the numbers 1 to %(n)d.", n=self.problems))

    def settle(self, read: date | None) -> None:
        """A date that was said to be planned becomes the day it is to be done."""
        if self.meaning.data == "planned" and read and is_empty(self.due_on):
            put(self.due_on, read)

    @property
    def _named(self) -> list[int]:
        return [int(number) - 1 for number in re.findall(r"\d{1,3}", self.also.data or "")]

    @property
    def answered(self) -> set[int]:
        """The problems it was said to answer."""
        return set(self.answers.data or []) | set(self._named)
