"""Forms for calendars."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import DateField, SelectField, StringField, TextAreaField, ValidationError
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import InputRequired, Length, Optional

from app.calendars.actions import FIRST, LAST
from app.forms import Form, stripped

PLEASE = _l("Please fill this in.")
LONGEST = 120
KINDS = {
    "off": _l("Off (school break, holiday)"),
    "on": _l("Working (make-up workday)"),
    "default": _l("As the week has it"),
}


class DaysForm(Form):
    """Some days and what they are."""

    starts_on = DateField(_l("First day"), validators=[InputRequired(PLEASE)])
    ends_on = DateField(_l("Last day"), validators=[InputRequired(PLEASE)])
    kind = SelectField(
        _l("These days are"), validators=[InputRequired(PLEASE)],
        choices=[SelectChoice(value=kind, label=label) for kind, label in KINDS.items()],
    )  # fmt: skip
    note = StringField(
        _l("Why"), filters=[stripped],
        validators=[Optional(), Length(max=60, message=_l("At most %(max)d characters."))],
        description=_l("Shown where a deadline explains itself, like 寒假 or 国庆节调休上班."),
    )  # fmt: skip

    def validate_starts_on(self, field: DateField) -> None:
        """Within the years that are kept."""
        if field.data and not FIRST <= field.data.year <= LAST:
            raise ValidationError(_l("Only the years %(first)d to %(last)d are kept.", first=FIRST, last=LAST))

    def validate_ends_on(self, field: DateField) -> None:
        """In order, and not by slip of the pen a whole year."""
        first, last = self.starts_on.data, field.data
        if first and last and last < first:
            raise ValidationError(_l("This lies before the first day."))
        if first and last and (last - first).days >= LONGEST:
            raise ValidationError(_l("At most %(max)d days at once.", max=LONGEST))


class ListForm(Form):
    """A list of days, a line each."""

    text = TextAreaField(
        _l("Days"), validators=[InputRequired(PLEASE), Length(max=40_000, message=_l("At most %(max)d characters."))],
        description=_l("A line for a day or a span: 2027-01-01 休 元旦, or 2027-02-06至2027-02-12 休 春节, or "
                       "2027-02-20 班. Rows copied from a table will do."),
    )  # fmt: skip


class YearForm(Form):
    """A button about a year and nothing else."""
