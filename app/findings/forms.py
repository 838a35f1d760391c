"""Forms of a finding: a draft, and the correction of what was issued."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    DateField,
    MultipleFileField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import InputRequired, Length, Optional

from app.clock import today
from app.findings.forms_units import UnitsForm, several, several_named, ticks
from app.findings.models import Finding
from app.forms import Form, not_blank, stripped
from app.units.models import Unit
from workflows.book import TRACKS, WEIGHTS

PLEASE = _l("Please fill this in.")
FIRST = _l("Choose the responsible unit first; these are the others.")


def at_most(limit: int) -> Length:
    """A limit with its sentence."""
    return Length(max=limit, message=_l("At most %(max)d characters."))


def is_ahead(_form: Any, field: DateField) -> None:
    """Refuse a day that has passed."""
    if field.data and field.data < today():
        raise ValidationError(_l("This date has already passed."))


class WordsForm(Form):
    """What a finding says; all of this may still be corrected after issuing."""

    text = TextAreaField(_l("What is wrong"), [InputRequired(PLEASE), not_blank, at_most(2000)], filters=[stripped])
    place = StringField(_l("Where exactly"), [at_most(120)], filters=[stripped])
    category = StringField(_l("Category"), [at_most(40)], filters=[stripped])
    clause = StringField(_l("Clause"), [at_most(60)], filters=[stripped])
    basis = StringField(_l("Basis"), [at_most(200)], filters=[stripped])
    demand = TextAreaField(_l("What is demanded"), [at_most(2000)], filters=[stripped])
    protection = TextAreaField(
        _l("Protection until then"), [at_most(2000)], filters=[stripped],
        description=_l("For serious and major hazards: what protects people until it is put right."),
    )  # fmt: skip


class DraftForm(UnitsForm, WordsForm):
    """A finding before it is issued."""

    weight = SelectField(_l("Weight"), [InputRequired(PLEASE)], default="ordinary")
    track = SelectField(_l("Track"), [InputRequired(PLEASE)], default="deadline")
    deadline_on = DateField(_l("Deadline"), [Optional(strip_whitespace=True), is_ahead])
    recurs = StringField(
        _l("Number of the earlier finding that came back"), [at_most(40)], filters=[stripped],
        description=_l("Only when a closed problem has come back: the two are linked."),
    )  # fmt: skip

    def offer(self, units: Sequence[Unit]) -> None:
        """The units there are to choose from, and the words of the law."""
        super().offer(units)
        self.weight.choices = [SelectChoice(value=name, label=gettext(label)) for name, label in WEIGHTS]
        self.track.choices = [SelectChoice(value=name, label=gettext(label)) for name, label in TRACKS]


class NewForm(DraftForm):
    """A new finding, at one unit or at several."""

    photos = MultipleFileField(_l("Photos of how it was found"))
    kept = several(_l("Photos that are already here"), coerce=str, validate_choice=False)
    also = several(_l("The same at other units"))
    also_named = several_named(
        _l("The same at other units"),
        _l("One name a line. Each of them gets the finding as its own, with its own deadline and verification."),
    )  # fmt: skip
    another = BooleanField(_l("Then write down the next one"), default=False)

    def offer(self, units: Sequence[Unit]) -> None:
        """The units, also for the same finding elsewhere."""
        super().offer(units)
        self.also.choices = ticks(units)

    def keep(self, photos: Mapping[str, str]) -> None:
        """The photos that were stored, by mark and name: ticked wherever the form is shown again."""
        self.kept.choices = [SelectChoice(value=mark, label=name) for mark, name in photos.items()]
        self.kept.data = list(photos)

    def validate_also(self, field: SelectMultipleField) -> None:
        """The other units are beside a first one."""
        if field.data and not (self.unit.data or self.unit_named.data):
            raise ValidationError(FIRST)

    def validate_also_named(self, field: TextAreaField) -> None:
        """The same by their names."""
        if field.data and not (self.unit.data or self.unit_named.data):
            raise ValidationError(FIRST)
        self.also.data = self._with(self.also, field)


def words_of(finding: Finding) -> dict[str, Any]:
    """What a finding says now, as the form of its correction begins."""
    of_task = {name: getattr(finding.task, name) for name in ("category", "clause")}
    return of_task | {name: getattr(finding, name) for name in ("text", "place", "basis", "demand", "protection")}


def draft_of(finding: Finding) -> dict[str, Any]:
    """A draft as the form of its edit begins."""
    task = finding.task
    return words_of(finding) | {
        "unit": str(task.unit_id or ""), "weight": task.weight, "track": task.track,
        "deadline_on": finding.deadline_on, "recurs": finding.recurs.task.number if finding.recurs else "",
        "supporters": [party.unit_id for party in task.parties if party.role == "supporter" and party.until is None],
    }  # fmt: skip
