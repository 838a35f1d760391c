"""The form on which an order is looked at and confirmed: everything is filled in already."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import DateField, RadioField, SelectMultipleField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import InputRequired, Length, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from app.calendars.queries import calendar_kept
from app.clock import now, today
from app.forms import Form, not_blank, stripped
from app.orders.addressing import Letter, is_in_own_hands
from app.orders.wording import demand, lateness
from app.tasks.models import Task
from app.units.models import Unit
from app.words import told
from workflows.calendar import add_working_days
from workflows.grammar import say
from workflows.rungs import LABELS

PLEASE = _l("Please fill this in.")
TOO_LONG = _l("At most %(max)d characters.")
CHIPS, USUAL, OTHER = ("3", "5", "7"), "5", "other"
KINDS = (("order", _l("Supervision order")), ("circular", _l("Circular")), ("talk", _l("Admonitory talk")))
WHAT = [SelectChoice(value=kind, label=label) for kind, label in KINDS]


class OrderForm(Form):
    """Which of them, what is demanded, until when; a talk also says where."""

    kind = RadioField(
        _l("What goes out"),
        [InputRequired(PLEASE)],
        choices=[SelectChoice(value=kind, label=label) for kind, label in KINDS],
    )
    tasks = SelectMultipleField(
        _l("Matters"), coerce=int, widget=ListWidget(prefix_label=False), option_widget=CheckboxInput(),
        validators=[InputRequired(_l("Choose at least one."))],
    )  # fmt: skip
    demand = TextAreaField(
        _l("What the order demands"), filters=[stripped],
        validators=[InputRequired(PLEASE), not_blank, Length(max=2000, message=TOO_LONG)],
    )  # fmt: skip
    days = RadioField(_l("Time limit"), [InputRequired(PLEASE)], default=USUAL)
    on = DateField(_l("Another date"), validators=[Optional()])
    place = StringField(_l("Time and place of the talk"), filters=[stripped],
                        validators=[Optional(), Length(max=120, message=TOO_LONG)])  # fmt: skip

    @classmethod
    def about(cls, tasks: Sequence[Task], kind: str, **options: Any) -> OrderForm:
        """Filled in for those tasks: everything is chosen that lies in the unit's own hands, or else all."""
        about = [task for task in tasks if is_in_own_hands(task)] or list(tasks)
        chosen = [task.id for task in about]
        form = cls(
            data={"kind": kind, "tasks": chosen, "demand": told(demand(kind, about, now())), "days": USUAL}, **options
        )
        form.tasks.choices = [SelectChoice(value=task.id, label=line(task)) for task in tasks]
        form.days.choices = limits()
        form.place.flags.required = kind == "talk"
        return form

    def validate(self, extra_validators: Any = None) -> bool:
        """Another date is given where it is chosen, and lies ahead; who is called to a talk knows where and when."""
        valid = super().validate(extra_validators)
        for field, sentence in ((self.on, self._no_date()), (self.place, self._no_place())):
            if field and sentence and not field.errors:
                field.errors, valid = [sentence], False
        return valid

    def _no_date(self) -> Any:
        if self.days.data != OTHER:
            return None
        if not self.on.data:
            return PLEASE
        return _l("This date has already passed.") if self.on.data < today() else None

    def _no_place(self) -> Any:
        missing = self.kind.data == "talk" and self.place and not self.place.data
        return _l("Say when and where the talk is held.") if missing else None

    @property
    def due_on(self) -> date:
        """The day by which it is answered, or on which the talk is held."""
        return self.on.data if self.days.data == OTHER and self.on.data else in_days(int(self.days.data or USUAL))

    def letter(self, unit: Unit, post: str = "", light: str = "") -> Letter:
        """What goes out to that unit."""
        place = self.place.data if self.place else ""
        return Letter(self.kind.data, unit, self.demand.data or "", self.due_on, place or "", light, post)


def in_days(days: int) -> date:
    """So many working days from today."""
    return add_working_days(calendar_kept(), today(), days)


def limits() -> list[Any]:
    """The chips of time limits; the calendar is asked for once."""
    calendar = calendar_kept()
    ends = [(chip, add_working_days(calendar, today(), int(chip))) for chip in CHIPS]
    said = [(chip, told(say("%(n)d working days: %(on)s", n=int(chip), on=f"{end:%m-%d}"))) for chip, end in ends]
    return [SelectChoice(value=value, label=label) for value, label in (*said, (OTHER, _l("another date")))]


def line(task: Task) -> str:
    """A matter as one line: what, how late, its number."""
    late = lateness(task, now())
    said = [task.title, told(late) if late else told(task.workflow.state(task.state).label), task.number]
    return " · ".join(said)


def kind_label(kind: str) -> str:
    """What it is called on the screen."""
    return told(LABELS.get(kind, ""))
