"""What is drawn from, how many, by which seed; and what was seen of one finding."""

from __future__ import annotations

import secrets
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import DateField, IntegerField, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from app.draws.models import MOST
from app.forms import Form, not_blank, stripped
from app.inspections.forms import KIND_LABELS
from app.units.models import Unit
from app.words import told
from workflows.book import TRACKS, WEIGHTS

PLEASE = _l("Please fill this in.")
TOO_LONG = _l("At most %(max)d characters.")
ANY = ("", _l("Any"))
WITHIN = NumberRange(1, MOST, message=_l("A whole number from %(min)s to %(max)s."))
RESULTS = {"passed": _l("It has held"), "rebound": _l("It has come back")}


class DrawForm(Form):
    """The criteria; left empty, everything that was closed."""

    unit = SelectField(_l("From what was closed at"), [InputRequired(PLEASE)], coerce=int)
    size = IntegerField(_l("How many"), default=5, validators=[InputRequired(PLEASE), WITHIN])
    seed = StringField(_l("Seed"), filters=[stripped], validators=[
        InputRequired(PLEASE), not_blank, Length(max=64, message=TOO_LONG)])  # fmt: skip
    since = DateField(_l("Closed from"), validators=[Optional()])
    until = DateField(_l("Closed until"), validators=[Optional()])
    kind = SelectField(_l("Kind of inspection"), validators=[Optional()])
    weight = SelectField(_l("Weight"), validators=[Optional()])
    track = SelectField(_l("Track"), validators=[Optional()])
    category = StringField(_l("Category"), filters=[stripped], validators=[Length(max=40, message=TOO_LONG)])

    def __init__(self, units: list[Unit], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.unit.choices = [SelectChoice(value=unit.id, label=unit.name) for unit in units]
        named = ((self.kind, KIND_LABELS.items()), (self.weight, WEIGHTS), (self.track, TRACKS))
        for field, choices in named:
            field.choices = [SelectChoice(value=value, label=told(label)) for value, label in (ANY, *choices)]
        if not self.is_submitted():
            self.seed.data = secrets.token_hex(4)

    @property
    def criteria(self) -> dict[str, Any]:
        """What was chosen, as it is kept."""
        days = {field.name: field.data.isoformat() for field in (self.since, self.until) if field.data}
        plain = {f.name: f.data for f in (self.kind, self.weight, self.track, self.category) if f.data}
        return {**days, **plain}


class ResultForm(Form):
    """What was seen."""

    result = RadioField(_l("Result"), choices=[SelectChoice(value=one, label=label) for one, label in RESULTS.items()])
    remark = TextAreaField(_l("What was seen"), filters=[stripped], validators=[
        InputRequired(PLEASE), not_blank, Length(max=2000, message=TOO_LONG)])  # fmt: skip
