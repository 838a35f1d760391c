"""Forms for ladders: each rung a line that reads as a sentence, and where a ladder holds."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    FieldList,
    FormField,
    HiddenField,
    IntegerField,
    SelectField,
    SelectMultipleField,
    StringField,
)  # fmt: skip
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import InputRequired, Length, NumberRange, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from app.escalations.models import Ladder, LadderChoice
from app.forms import Form, Part, not_blank, stripped
from app.units.models import Unit
from app.words import told
from workflows import rungs as law
from workflows.book import WEIGHTS

PLEASE = _l("Please fill this in.")
SIDES = {"before": _l("before the end"), "after": _l("after the end")}
MOST = 12  # rungs of a ladder


def _choices(named: dict[str, Any], *first: tuple[str, Any]) -> list[Any]:
    return [SelectChoice(value=value, label=told(label)) for value, label in (*first, *named.items())]


def _ticks(label: Any) -> SelectMultipleField:
    return SelectMultipleField(label, widget=ListWidget(prefix_label=False), option_widget=CheckboxInput())


class RungPart(Part):
    """One rung; a line without a number of days is left out."""

    id = HiddenField(default="0")
    days = IntegerField(_l("Working days"), validators=[Optional(), NumberRange(0, law.FARTHEST)])
    side = SelectField(_l("When"))
    kind = SelectField(_l("What"))
    light = SelectField(_l("Light"))
    hears = _ticks(_l("Who hears it"))
    decides = SelectField(_l("Who decides it"), validators=[Optional()])
    channels = _ticks(_l("Also by"))
    drop = BooleanField(_l("Take this rung away"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.side.choices = _choices(SIDES)
        self.kind.choices, self.light.choices = _choices(law.LABELS), _choices(law.LIGHTS)
        self.hears.choices = _choices(law.HEARS)
        deciding = {name: law.HEARS[name] for name in ("leader", "reviewer", "inspector", "above")}
        self.decides.choices = _choices(deciding, ("", _l("nobody: the system says it by itself")))
        self.channels.choices = _choices({name: label for name, label in law.CHANNELS.items() if name != "inbox"})

    @property
    def is_written(self) -> bool:
        """Whether this line counts."""
        return self.days.data is not None and not self.drop.data

    def as_law(self) -> law.Rung:
        """The rung as plain data."""
        days = self.days.data or 0
        typed, tell = self.id.data or "", ("inbox", *(self.channels.data or ()))
        number = int(typed) if typed.isdecimal() else 0
        return law.Rung(
            -days if self.side.data == "before" else days, self.kind.data, self.light.data,
            tuple(self.hears.data or ()), self.decides.data or "", tell, number,
        )  # fmt: skip


class LadderForm(Form):
    """A whole ladder."""

    rungs = FieldList(FormField(RungPart), min_entries=0, max_entries=MOST)
    anyway = BooleanField(_l("Save it although it would flood people"))

    @classmethod
    def of(cls, ladder: Ladder) -> LadderForm:
        """Filled with what holds today, and one empty line."""
        lines = [_line(rung.as_law()) for rung in ladder.standing]
        return cls(formdata=None, rungs=[*lines, {"kind": "urging", "side": "after", "light": "red"}][:MOST],
                   seen=ladder.version)  # fmt: skip

    def as_law(self, ladder: Ladder) -> law.Ladder:
        """The ladder as it was typed, in order of days."""
        lines = [part.form.as_law() for part in self.rungs if part.form.is_written]
        return law.Ladder(ladder.name, tuple(sorted(lines, key=lambda rung: rung.days)), ladder.id)

    def validate(self, extra_validators: Any = None) -> bool:
        """Sound line by line, and as a whole."""
        if not super().validate(extra_validators):
            return False
        lines = [part.form.as_law() for part in self.rungs if part.form.is_written]
        self.form_errors.extend(told(sentence) for sentence in law.contradictions(lines))
        return not self.form_errors


def _line(rung: law.Rung) -> dict[str, Any]:
    return {
        "id": str(rung.id), "days": abs(rung.days), "side": "before" if rung.days <= 0 else "after", "kind": rung.kind,
        "light": rung.light, "hears": list(rung.hears), "decides": rung.decides,
        "channels": [name for name in rung.channels if name != "inbox"],
    }  # fmt: skip


class CopyForm(Form):
    """A new ladder, begun as a copy."""

    name = StringField(_l("Name"), filters=[stripped], validators=[InputRequired(PLEASE), not_blank, Length(max=60)])


class ChoiceForm(Form):
    """Where a ladder holds."""

    unit = SelectField(_l("For"), coerce=int, default=0)
    weight = SelectField(_l("Weight"), default="", validators=[Optional()])

    def __init__(self, units: list[Unit], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = [SelectChoice(value=unit.id, label="　" * unit.depth + unit.name) for unit in units]
        self.unit.choices = [SelectChoice(value=0, label=_l("the whole house")), *names]
        self.weight.choices = _choices(dict(WEIGHTS), ("", _l("any")))


def where(choice: LadderChoice) -> str:
    """Where a ladder holds, in words."""
    unit = choice.unit.name if choice.unit else told(_l("the whole house"))
    return f"{unit} · {told(dict(WEIGHTS)[choice.weight])}" if choice.weight else unit
