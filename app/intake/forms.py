"""The forms of taking a list in: the list itself, the rule for what it leaves open, and the rules that are kept."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import BooleanField, IntegerField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from app.forms import Form, stripped
from app.intake.models import USUAL_DAYS
from app.intake.naming import Names
from app.intake.owners import Holder
from app.units.models import Unit

MOST_SIGNS = 150_000
RULE = ("unit", *USUAL_DAYS)


def same_breaks(text: str | None) -> str | None:
    """Line ends as the reader counts them."""
    return text.replace("\r\n", "\n") if text else text


def days(name: str, label: Any) -> IntegerField:
    """The days a school gets for a problem of that weight."""
    in_range = NumberRange(1, 730, message=_l("A whole number from %(min)s to %(max)s."))
    return IntegerField(label, [InputRequired(_l("Please fill this in.")), in_range], default=USUAL_DAYS[name])


class DaysForm(Form):
    """Days by weight."""

    ordinary = days("ordinary", _l("Ordinary: days"))
    serious = days("serious", _l("Serious: days"))
    major = days("major", _l("Major: days"))


class KeptDaysForm(DaysForm):
    """Days by weight as an issuing unit keeps them."""

    do = StringField()


class RuleForm(DaysForm):
    """The rule for what a list leaves open, and the button that was pressed."""

    unit = SelectField(_l("Responsible unit where the list names none"), [Optional()])
    past = BooleanField(_l("Also replace deadlines that have passed"))
    do = StringField()

    def offer(self, names: Names) -> None:
        """The units there are to choose from."""
        units = [SelectChoice(value=unit.name, label=unit.name) for unit in names.units]
        self.unit.choices = [SelectChoice(value="", label=gettext("— each row by itself —")), *units]

    @property
    def is_sent(self) -> bool:
        """Whether a rule was sent at all."""
        return any(self[name].raw_data for name in USUAL_DAYS)

    def validate_fields(self) -> bool:
        """Whether the rule is right; the rows beside it are looked at by themselves."""
        return bool(super(Form, self).validate())

    @property
    def rule(self) -> dict[str, Any]:
        """What was filled in."""
        return {name: self[name].data for name in (*RULE, "past")}


class ListForm(RuleForm):
    """The list as it stands: a file, or the text of it."""

    raw = TextAreaField(_l("The list"), filters=[same_breaks])
    file = FileField(_l("File"))

    def validate(self, extra_validators: Any = None) -> bool:
        """Refuse nothing at all, and more than can be looked through."""
        valid, said = super().validate(extra_validators), self.raw.data or ""
        if not said.strip() and not self.has_file:
            self.raw.errors = [gettext("Nothing was sent. Choose a file, or paste the list of problems as it stands.")]
        elif len(said) > MOST_SIGNS and not self.has_file:
            self.raw.errors = [gettext(
                "The text has %(n)d signs; at most %(max)d are read at once. "
                "Paste only the list, or paste it in parts.",
                n=len(said), max=MOST_SIGNS,
            )]  # fmt: skip
        return valid and not self.raw.errors

    @property
    def has_file(self) -> bool:
        """Whether a file was chosen."""
        return bool(self.file.data and self.file.data.filename)


class AssignmentForm(Form):
    """Who owns what a unit must put right, for one category or for every other."""

    owner = SelectField(_l("Unit and owner"), [InputRequired(_l("Please fill this in."))])
    category = StringField(
        _l("Category"), [Length(max=40, message=_l("At most %(max)d characters."))], filters=[stripped],
        description=_l("Empty: every category without a line of its own."),
    )  # fmt: skip
    do = StringField()

    def offer(self, units: list[Unit], holders: list[Holder]) -> None:
        """The people there are to choose from, by unit."""
        names = {unit.id: unit.name for unit in units}
        people = {f"{one.unit_id}-{one.person_id}": one for one in holders if one.unit_id in names}
        self.owner.choices = [SelectChoice(value="", label="—"), *(
            SelectChoice(value=key, label=f"{names[one.unit_id]} · {one.name} {one.title}".strip())
            for key, one in sorted(people.items(), key=lambda pair: names[pair[1].unit_id])
        )]  # fmt: skip

    @property
    def chosen(self) -> tuple[int, int]:
        """The unit and the person."""
        unit, _, person = str(self.owner.data).partition("-")
        return int(unit), int(person)
