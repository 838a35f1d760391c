"""Forms for waits: how long a state may last, and reckoning open waits anew."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import IntegerField, SelectField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from app.forms import Form, not_blank, stripped
from app.tasks.clocks import ANY, Clock
from app.words import told
from workflows.book import TRACKS, WEIGHTS, WORKFLOWS

PLEASE = _l("Please fill this in.")
UNITS = {"working": _l("working days"), "calendar": _l("days of the calendar")}


def states() -> list[tuple[str, str]]:
    """Every state with a number of days of its own: what it is called, by kind and name."""
    return [
        (f"{kind}.{state.name}", f"{told(workflow.label)} · {told(state.label)}")
        for kind, workflow in WORKFLOWS.items() for state in workflow.states
        if state.within is not None and state.within.unit != "due"
    ]  # fmt: skip


class ClockForm(Form):
    """So many days for a state."""

    state = SelectField(_l("State"), validators=[InputRequired(PLEASE)])
    track = SelectField(_l("Track"), default=ANY, validators=[Optional()])
    weight = SelectField(_l("Weight"), default=ANY, validators=[Optional()])
    days = IntegerField(_l("Number of days"), validators=[InputRequired(PLEASE), NumberRange(1, 365)])
    unit = SelectField(_l("Counted in"), default="working", validators=[InputRequired(PLEASE)])
    source = StringField(
        _l("Source"), filters=[stripped], validators=[InputRequired(PLEASE), not_blank, Length(max=200)],
        description=_l("The rule or the decision that says so, with its number and date."),
    )  # fmt: skip

    @classmethod
    def about(cls, asked: str, clocks: Sequence[Clock]) -> ClockForm:
        """Filled in with what holds for that state: what was set for all of it, else the default and its source."""
        kind, _dot, name = asked.partition(".")
        lawful = next((s for s in WORKFLOWS[kind].states if s.name == name), None) if kind in WORKFLOWS else None
        if lawful is None or lawful.within is None or lawful.within.unit == "due":
            return cls(formdata=None)
        here = next((c for c in clocks if (c.kind, c.state, c.track, c.weight) == (kind, name, ANY, ANY)), None)
        days, unit = (here.days, here.unit) if here else (lawful.within.days, lawful.within.unit)
        said = here.source if here else told(lawful.days_from)
        return cls(formdata=None, data={"state": asked, "days": days, "unit": unit, "source": said})

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.state.choices = [SelectChoice(value=value, label=label) for value, label in states()]
        for field, named in ((self.track, TRACKS), (self.weight, WEIGHTS)):
            field.choices = [SelectChoice(value=v, label=told(label)) for v, label in ((ANY, _l("any")), *named)]
        self.unit.choices = [SelectChoice(value=value, label=label) for value, label in UNITS.items()]


class ReckonForm(Form):
    """Why open waits are reckoned anew."""

    why = StringField(
        _l("Why"), filters=[stripped], validators=[InputRequired(PLEASE), not_blank, Length(max=200)],
        description=_l("It stays in the history of every task whose wait moves."),
    )  # fmt: skip
