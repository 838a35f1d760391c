"""The form for the hours of the house."""

from __future__ import annotations

from datetime import time

from flask_babel import lazy_gettext as _l
from wtforms import SelectField, StringField, TimeField, ValidationError
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import InputRequired, Length, Optional

from app.forms import Form, not_blank, stripped

PLEASE = _l("Please fill this in.")
NAMES = {
    "office": _l("Office hours: reminders and urging are said"),
    "quiet": _l("Quiet hours: no mail and no robot"),
    "digest": _l("The day’s digest leaves"),
}


class HoursForm(Form):
    """From when to when; the digest has one time only."""

    name = SelectField(_l("Which hours"), validators=[InputRequired(PLEASE)],
                       choices=[SelectChoice(value=name, label=label) for name, label in NAMES.items()])  # fmt: skip
    starts = TimeField(_l("From"), validators=[InputRequired(PLEASE)])
    ends = TimeField(_l("Until"), validators=[Optional()], description=_l("The digest needs no second time."))
    source = StringField(
        _l("Source"), filters=[stripped], validators=[InputRequired(PLEASE), not_blank, Length(max=200)],
        description=_l("The rule or the decision that says so, with its number and date."),
    )  # fmt: skip

    def validate_ends(self, field: TimeField) -> None:
        """Office hours lie within a day; quiet ones may go over midnight, but leave some of it."""
        if self.name.data == "digest" or self.starts.data is None:
            return
        if field.data is None:
            raise ValidationError(PLEASE)
        if self.name.data == "office" and field.data <= self.starts.data:
            raise ValidationError(_l("Office hours end after they begin."))
        if field.data == self.starts.data:
            raise ValidationError(_l("These hours leave nothing quiet; choose two different ones."))

    @property
    def minutes(self) -> tuple[int, int]:
        """Both in minutes of the day."""
        starts = _minutes(self.starts.data or time())
        return starts, starts if self.name.data == "digest" else _minutes(self.ends.data or time())


def _minutes(at: time) -> int:
    return at.hour * 60 + at.minute
