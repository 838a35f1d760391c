"""The form for the hours of the house."""

from __future__ import annotations

from datetime import time
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import SelectField, StringField, TimeField
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

    def validate(self, extra_validators: Any = None) -> bool:
        """Office hours lie within a day; quiet ones may go over midnight, but leave some of it."""
        valid = super().validate(extra_validators)
        wrong = self._wrong() if valid else None
        if wrong:
            self.ends.errors = [wrong]
        return valid and wrong is None

    def _wrong(self) -> Any:
        starts, ends = self.starts.data, self.ends.data
        if self.name.data == "digest" or starts is None:
            return None
        if ends is None:
            return PLEASE
        if self.name.data == "office" and ends <= starts:
            return _l("Office hours end after they begin.")
        return _l("These hours leave nothing quiet; choose two different ones.") if ends == starts else None

    @property
    def minutes(self) -> tuple[int, int]:
        """Both in minutes of the day."""
        starts = _minutes(self.starts.data or time())
        return starts, starts if self.name.data == "digest" else _minutes(self.ends.data or time())


def _minutes(at: time) -> int:
    return at.hour * 60 + at.minute
