"""Forms for units."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, DateField, FloatField, SelectField, StringField, ValidationError
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from app.clock import today
from app.db import db
from app.forms import Form, not_blank, stripped
from app.units import queries
from app.units.models import KINDS, Unit

PLEASE = _l("Please fill this in.")
TOO_LONG = _l("At most %(max)d characters.")
KIND_LABELS = {
    "bureau": _l("Bureau"), "department": _l("Department"), "district": _l("District"),
    "school": _l("School"), "other": _l("Other unit"),
}  # fmt: skip
DEGREES = _l("Degrees as a map shows them, such as 30.25 and 114.5.")
BOTH = _l("Give both latitude and longitude, or leave both empty.")
POSITION = _l("Where it stands, in degrees; photos that say where they were taken are compared with it.")
ACCOUNT = _l("Without an account, whoever supervises the unit acknowledges and reports for it, with a signed scan.")


class UnitForm(Form):
    """The facts about a unit."""

    name = StringField(
        _l("Name"), filters=[stripped],
        validators=[InputRequired(PLEASE), not_blank, Length(max=120, message=TOO_LONG)],
    )  # fmt: skip
    kind = SelectField(
        _l("Kind of unit"), validators=[InputRequired(PLEASE)],
        choices=[SelectChoice(value=kind, label=KIND_LABELS[kind]) for kind in KINDS],
    )  # fmt: skip
    code = StringField(
        _l("Code"), filters=[stripped], validators=[Optional(), Length(max=40, message=TOO_LONG)],
        description=_l("Left empty, one is made."),
    )  # fmt: skip
    aliases = StringField(
        _l("Also called"), filters=[stripped], validators=[Optional(), Length(max=390, message=TOO_LONG)],
        description=_l("Short and former names, with commas between; pasted lists are matched by them."),
    )  # fmt: skip
    has_account = BooleanField(_l("Has its own account"), description=ACCOUNT, default=True)
    latitude = FloatField(
        _l("Latitude"), validators=[Optional(), NumberRange(-90, 90, message=DEGREES)], description=POSITION,
    )  # fmt: skip
    longitude = FloatField(_l("Longitude"), validators=[Optional(), NumberRange(-180, 180, message=DEGREES)])

    def __init__(self, unit: Unit | None = None, **given: Any) -> None:
        super().__init__(obj=unit, **given)
        self.unit = unit
        if unit and self.aliases.raw_data is None:
            self.aliases.data = "、".join(unit.other_names)

    def validate_latitude(self, field: FloatField) -> None:
        """A position has both, or is not known."""
        if self.longitude.data is None and not self.longitude.errors:
            raise ValidationError(BOTH)

    def validate_longitude(self, field: FloatField) -> None:
        """The same from the other side; an empty field is not asked itself."""
        if self.latitude.data is None:
            raise ValidationError(BOTH)

    def validate_code(self, field: StringField) -> None:
        """No two units share a code."""
        other = queries.by_code(field.data or "")
        if other and other is not self.unit:
            raise ValidationError(_l("%(name)s has this code already.", name=other.name))


class NewUnitForm(UnitForm):
    """A new unit and where it stands."""

    parent = SelectField(_l("Below"), validators=[Optional()])

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        self.parent.choices = parents()

    @property
    def above(self) -> Unit | None:
        """The unit chosen to stand above."""
        return chosen(self.parent)


def chosen(field: SelectField) -> Unit | None:
    """The unit chosen among those that were offered."""
    known = {str(choice.value) for choice in field.choices or ()}  # type: ignore[union-attr]
    return queries.get(int(field.data)) if field.data and field.data in known else None


class MoveForm(Form):
    """Where a unit shall stand."""

    parent = SelectField(_l("Move below"), validators=[Optional()])

    def __init__(self, unit: Unit, **given: Any) -> None:
        super().__init__(**given)
        self.unit, self.parent.choices = unit, parents()
        if self.parent.raw_data is None:
            self.parent.data = str(unit.parent_id or "")

    @property
    def above(self) -> Unit | None:
        """The unit chosen to stand above."""
        return chosen(self.parent)

    def validate_parent(self, field: SelectField) -> None:
        """A tree has no circles, and a closed unit takes nobody."""
        if why := queries.why_not_below(self.unit, self.above):
            raise ValidationError(why)


class CloseForm(Form):
    """The day on which a unit ceased to exist."""

    closed_on = DateField(_l("Closed on"), validators=[InputRequired(PLEASE)])

    def __init__(self, unit: Unit, **given: Any) -> None:
        super().__init__(**given)
        self.unit = unit
        if self.closed_on.raw_data is None:
            self.closed_on.data = today()

    def validate_closed_on(self, field: DateField) -> None:
        """Not in the future, and nothing left below."""
        if field.data and field.data > today():
            raise ValidationError(_l("This date is still ahead."))
        if why := queries.why_not_close(self.unit):
            raise ValidationError(why)


def parents() -> list[SelectChoice]:
    """Every open unit, indented as the tree stands, and the top."""
    rows = db.session.scalars(queries.all_open())
    return [
        SelectChoice(value="", label=_l("At the top")),
        *(SelectChoice(value=str(unit.id), label="　" * unit.depth + unit.name) for unit in rows),
    ]
