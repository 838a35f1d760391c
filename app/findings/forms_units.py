"""Units in a form: a few are chosen from a list and ticked; where there are many, their names are typed.

One list of names, given to the browser once, then serves every field, however many units there are.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import SelectField, SelectMultipleField, StringField, TextAreaField, ValidationError
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import Length, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from app.forms import Form, stripped
from app.units.models import Unit
from app.words import joined

MANY = 60  # so many boxes can still be looked through
BETWEEN = re.compile(r"[\n\r、,，;；]+")
WITH_CODE = re.compile(r"(.+)（([^（）]+)）")
BY_NAME = {"list": "unit-names", "autocomplete": "off"}
A_LINE = _l("One name a line.")


def several(label: Any, **how: Any) -> SelectMultipleField:
    """Several to be ticked: units, unless said otherwise."""
    return SelectMultipleField(label, widget=ListWidget(), option_widget=CheckboxInput(), **{"coerce": int} | how)


def several_named(label: Any, description: Any = A_LINE) -> TextAreaField:
    """The same by their names."""
    too_long = Length(max=20000, message=_l("At most %(max)d characters."))
    return TextAreaField(label, [too_long], filters=[stripped], description=description, render_kw={"data-names": ""})


class UnitsForm(Form):
    """A responsible unit and those that support it."""

    unit = SelectField(_l("Responsible unit"), [Optional()])
    unit_named = StringField(_l("Responsible unit"), filters=[stripped], render_kw=BY_NAME)
    supporters = several(_l("Supporting units"))
    supporters_named = several_named(_l("Supporting units"))
    units: Sequence[Unit] = ()

    def offer(self, units: Sequence[Unit]) -> None:
        """The units there are to choose from."""
        self.units = units
        self.unit.choices = [SelectChoice(value="", label="—"), *ticks(units)]
        self.supporters.choices = ticks(units)
        if self.by_name:
            self._tell_names()

    @property
    def by_name(self) -> bool:
        """Whether there are so many that names are typed."""
        return len(self.units) > MANY

    @property
    def names(self) -> list[str]:
        """What the units are called here; those that share a name carry their code."""
        shared = Counter(unit.name for unit in self.units)
        return [unit.name if shared[unit.name] == 1 else f"{unit.name}（{unit.code}）" for unit in self.units]

    def _tell_names(self) -> None:
        """What was chosen, as it would have been typed; what was typed stands as it is."""
        called = {unit.id: name for unit, name in zip(self.units, self.names, strict=True)}
        if not self.unit_named.data and (self.unit.data or "").isdigit():
            self.unit_named.data = called.get(int(self.unit.data), "")
        for ids, named in self._lists():
            named.data = named.data or "\n".join(called[one] for one in ids.data or () if one in called)

    def _lists(self) -> Iterable[tuple[SelectMultipleField, TextAreaField]]:
        return [(self[name], self[f"{name}_named"]) for name in ("also", "supporters") if name in self]

    def chosen_ids(self) -> list[int]:
        """The ids of all units that were chosen, in whatever part."""
        said = [self.unit.data or "", *(one for ids, _named in self._lists() for one in ids.data or ())]
        return [int(one) for one in said if str(one).isdigit() and int(one) < 2**31]

    def chosen_names(self) -> list[str]:
        """The names that were typed, in whatever part, and what they are without a code."""
        said = [self.unit_named.data or "", *(named.data or "" for _ids, named in self._lists())]
        typed = [name for text in said for name in names_in(text)]
        return typed + [parted[1] for parted in map(WITH_CODE.fullmatch, typed) if parted]

    def validate_unit_named(self, field: StringField) -> None:
        """A name of one unit; an emptied field means none."""
        if field.raw_data:
            found = [self._called(name) for name in [field.data or ""] if name]
            self.unit.data = str(found[0].id) if found else ""

    def validate_supporters_named(self, field: TextAreaField) -> None:
        """Names, each of one unit."""
        self.supporters.data = self._with(self.supporters, field)

    def _with(self, ids: SelectMultipleField, named: TextAreaField) -> list[int]:
        return [*(ids.data or ()), *(self._called(name).id for name in names_in(named.data or ""))]

    def _called(self, name: str) -> Unit:
        found = [unit for unit in self.units if name in (unit.name, f"{unit.name}（{unit.code}）")]
        if len(found) == 1:
            return found[0]
        if found:
            codes = joined(unit.code for unit in found)
            raise ValidationError(_l("Several units are called %(name)s: add the code in brackets. Codes: %(codes)s.",
                                     name=name, codes=codes))  # fmt: skip
        raise ValidationError(_l("There is no unit called “%(name)s” to choose. Take the name from the list.",
                                 name=name[:60]))  # fmt: skip


def names_in(text: str) -> list[str]:
    """The names that a text lists, each once."""
    return list(dict.fromkeys(name.strip() for name in BETWEEN.split(text) if name.strip()))


def ticks(units: Sequence[Unit]) -> list[SelectChoice]:
    """One box for each unit."""
    return [SelectChoice(value=str(unit.id), label=unit.name) for unit in units]
