"""The form of a measure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import DateField, DecimalField, SelectField, SelectMultipleField, TextAreaField, ValidationError
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import InputRequired, Length, NumberRange, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from app.clock import today
from app.evidence.models import PROOFS
from app.forms import Form, stripped
from app.people.models import Person
from app.words import told

PLEASE = _l("Please fill this in.")
KIND_LABELS = (
    ("repair", _l("Repair")), ("purchase", _l("Purchase")), ("rule", _l("Rule")), ("training", _l("Training")),
    ("paperwork", _l("Paperwork")), ("project", _l("Project")), ("other", _l("Other")),
)  # fmt: skip


def is_ahead(_form: Any, field: DateField) -> None:
    """Refuse a day that has passed, unless it stood there before."""
    if field.data and field.data < today() and field.data != field.object_data:
        raise ValidationError(_l("This date has already passed."))


class MeasureForm(Form):
    """What will be done, by whom, until when."""

    text = TextAreaField(
        _l("What will be done"),
        [InputRequired(PLEASE), Length(max=2000, message=_l("At most %(max)d characters."))],
        filters=[stripped],
    )
    kind = SelectField(_l("Kind"), [InputRequired(PLEASE)], default="repair")
    owner = SelectField(_l("Owner"), [InputRequired(PLEASE)])
    due_on = DateField(_l("To be done by"), [InputRequired(PLEASE), is_ahead])
    budget = DecimalField(
        _l("Budget in yuan"),
        [Optional(), NumberRange(min=0, max=10**9, message=_l("An amount from %(min)s to %(max)s."))],
        places=2,
    )

    proofs = SelectMultipleField(
        _l("Evidence that will show it"),
        description=_l("What is missing then is said to you and to the verifier; it stands in the way of nothing."),
        option_widget=CheckboxInput(), widget=ListWidget(prefix_label=False),
    )  # fmt: skip

    def offer(self, owners: Sequence[Person]) -> None:
        """The people who may own it and the kinds there are."""
        self.owner.choices = [SelectChoice(value=str(p.id), label=p.name) for p in owners]
        self.proofs.choices = [SelectChoice(value=proof, label=told(label)) for proof, label in PROOFS.items()]
        self.kind.choices = [SelectChoice(value=k, label=label) for k, label in KIND_LABELS]


class NewMeasureForm(MeasureForm):
    """The same, for one or several findings of the unit."""

    also = SelectMultipleField(
        _l("It also serves"), coerce=int, option_widget=CheckboxInput(), widget=ListWidget(prefix_label=False)
    )
