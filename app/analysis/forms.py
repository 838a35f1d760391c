"""The form of a new screen."""

from __future__ import annotations

from collections.abc import Iterable

from flask_babel import lazy_gettext as _l
from wtforms import SelectField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import InputRequired, Length

from app.forms import Form, not_blank, stripped
from app.units.models import Unit

PLEASE = _l("Please fill this in.")


class ScreenForm(Form):
    """Where it hangs, and whose numbers it shows."""

    name = StringField(_l("Where it hangs"), [InputRequired(PLEASE), not_blank, Length(max=60)], filters=[stripped])
    unit = SelectField(_l("Shows the numbers of"), [InputRequired(PLEASE)], coerce=int)

    def offer(self, units: Iterable[Unit]) -> None:
        """The units there are."""
        self.unit.choices = [SelectChoice(value=unit.id, label="　" * unit.depth + unit.name) for unit in units]
