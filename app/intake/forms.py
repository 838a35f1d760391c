"""The forms of taking a list in: the list itself, and the preview with every field open to correction."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from flask import request
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    Field,
    FieldList,
    FormField,
    IntegerField,
    SelectField,
    StringField,
    TextAreaField,
    ValidationError,
)  # fmt: skip
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import InputRequired, NumberRange, Optional

from app.forms import ALWAYS, Form
from app.intake.forms_row import MeasureForm, RowForm
from app.intake.naming import Names
from app.intake.reading import Reading

MOST_SIGNS = 150_000
MOST_ROWS = 500
MOST_MEASURES = 2000
DAYS = {"ordinary": 30, "serious": 15, "major": 7}


def same_breaks(text: str | None) -> str | None:
    """Line ends as the reader counts them."""
    return text.replace("\r\n", "\n") if text else text


def readable(_form: Form, field: TextAreaField) -> None:
    """Refuse nothing at all, and more than can be looked through."""
    if not (field.data or "").strip():
        raise ValidationError(_l("Nothing was pasted. Paste the list of problems as it stands."))
    signs = len(field.data or "")
    if signs > MOST_SIGNS:
        raise ValidationError(_l(
            "The text has %(n)d signs; at most %(max)d are read at once. Paste only the list, or paste it in parts.",
            n=signs, max=MOST_SIGNS,
        ))  # fmt: skip


readable.field_flags = {"required": True}  # type: ignore[attr-defined]


def days(name: str, label: Any) -> IntegerField:
    """The days a school gets for a problem of that weight."""
    in_range = NumberRange(1, 730, message=_l("A whole number from %(min)s to %(max)s."))
    return IntegerField(label, [InputRequired(_l("Please fill this in.")), in_range], default=DAYS[name])


class PasteForm(Form):
    """The list as it stands, and the rule for what it leaves open."""

    raw = TextAreaField(_l("The list"), [readable], filters=[same_breaks])
    unit = SelectField(_l("Responsible unit where the list names none"), [Optional()])
    ordinary = days("ordinary", _l("Ordinary: days"))
    serious = days("serious", _l("Serious: days"))
    major = days("major", _l("Major: days"))
    do = StringField()

    def offer(self, names: Names) -> None:
        """The units there are to choose from."""
        units = [SelectChoice(value=unit.name, label=unit.name) for unit in names.units]
        self.unit.choices = [SelectChoice(value="", label=gettext("— each row by itself —")), *units]

    @property
    def rule(self) -> dict[str, int]:
        """Days by weight."""
        return {name: self[name].data or usual for name, usual in DAYS.items()}


class PreviewForm(PasteForm):
    """Everything that was read, row by row."""

    past = BooleanField(_l("Also replace deadlines that have passed"))
    rows = FieldList(FormField(RowForm), max_entries=MOST_ROWS)
    measures = FieldList(FormField(MeasureForm), max_entries=MOST_MEASURES)

    @property
    def unknown(self) -> list[str]:
        """Names that no row and no field of this form has."""
        own = {field.name for field in _all_fields(self)} | ALWAYS
        return sorted((set(request.form) | set(request.files)) - own)

    def fits(self, reading: Reading) -> bool:
        """Whether the rows are those of this list."""
        return (len(self.rows), len(self.measures)) == (len(reading.findings), len(reading.measures))

    def look_at(self, reading: Reading, names: Names) -> None:
        """Tell the rows which units and problems there are; a date that was said to be planned becomes one."""
        for part, found in zip(self.rows, reading.findings, strict=True):
            part.form.names = names
            part.form.settle(found.deadline)
        for answering, read in zip(self.measures, reading.measures, strict=True):
            answering.form.offer([link.finding for link in read.links], len(reading.findings))
            answering.form.settle(read.due.on if read.due else None)

    def assign(self, names: Names, today: date) -> int:
        """Fill what rows lack by the rule: the unit, and the deadline by weight; how many rows changed."""
        unit = names.find(self.unit.data)
        filled = [
            part.form.fill(unit.name if unit else "", self._by_rule(part.form, today), self._passed(today))
            for part in self.rows if part.form.take.data
        ]  # fmt: skip
        return sum(filled)

    def _by_rule(self, row: RowForm, today: date) -> date:
        return today + timedelta(days=self.rule.get(row.weight.data, DAYS["ordinary"]))

    def _passed(self, today: date) -> date | None:
        return today if self.past.data else None

    def validate(self, extra_validators: Any = None) -> bool:
        """Every row that is taken is right, and there is one."""
        valid = super().validate(extra_validators)
        if self.rows and not self.taken and not self.form_errors:
            self.form_errors.append(gettext("No problem is ticked. Tick at least one, or go back to the text."))
            return False
        return valid

    @property
    def taken(self) -> list[int]:
        """Which rows are to be written down."""
        return [at for at, part in enumerate(self.rows) if part.form.take.data]

    def faults(self) -> Iterator[tuple[str, str, str]]:
        """Each fault with its field's id and where it is."""
        for field in _all_fields(self):
            if field.errors and field.type not in ("FieldList", "FormField"):
                yield field.id, _where(field), str(field.errors[0])


def _where(field: Field) -> str:
    parts = field.name.split("-")
    if len(parts) != 3:
        return str(field.label.text)
    place = gettext("Problem %(n)d") if parts[0] == "rows" else gettext("Measure %(n)d")
    return f"{place % {'n': int(parts[1]) + 1}}, {field.label.text}"


def _all_fields(form: Any) -> Iterator[Field]:
    for field in form:
        yield field
        if isinstance(field, FieldList):
            for part in field:
                yield from part.form
