"""The form with which more time is asked for."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import DateField, TextAreaField, ValidationError
from wtforms.validators import InputRequired, Length

from app.clock import today
from app.forms import Form, not_blank, stripped

PLEASE = _l("Please fill this in.")


def at_most(limit: int) -> Length:
    """A limit with its sentence."""
    return Length(max=limit, message=_l("At most %(max)d characters."))


class AskForm(Form):
    """Why, until when, what is done already, and what protects people meanwhile."""

    due: date | None = None
    is_major = False

    reason = TextAreaField(_l("Why more time is needed"), [InputRequired(PLEASE), not_blank, at_most(2000)],
                           filters=[stripped])  # fmt: skip
    proposed_on = DateField(_l("New date"), [InputRequired(PLEASE)])
    progress = TextAreaField(_l("What is done so far"), [at_most(2000)], filters=[stripped])
    protection = TextAreaField(_l("What protects people meanwhile"), [at_most(2000)], filters=[stripped])

    def validate_proposed_on(self, field: Any) -> None:
        """The new date lies ahead, and behind the present one."""
        on = field.data
        if on and on < today():
            raise ValidationError(_l("This date has already passed."))
        if on and self.due and on <= self.due:
            raise ValidationError(_l("The new date must be later than %(due)s.", due=self.due.isoformat()))

    def validate_protection(self, field: Any) -> None:
        """A major hazard cannot wait unprotected."""
        if self.is_major and not field.data:
            raise ValidationError(_l("A major hazard needs protection for the time in between; say which."))
