"""The forms of many orders at once: which rows of the ledger, and what all of the orders say."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from wtforms import HiddenField, SelectMultipleField
from wtforms.validators import AnyOf, Length, Optional

from app.clock import now
from app.forms import Form
from app.orders.forms import USUAL, OrderForm, limits
from app.orders.wording import demand
from app.tasks.models import Task
from app.words import told


class ChosenForm(Form):
    """Which rows of the ledger."""

    scope = HiddenField(validators=[Optional(), AnyOf(("picked", "page", "all"))])
    query = HiddenField(validators=[Length(max=2000)])
    pick = SelectMultipleField(coerce=int, validate_choice=False)


class ManyForm(OrderForm):
    """What every one of the orders says; a row is sent as it was looked at, with the hands it lay in."""

    tasks = place = None  # type: ignore[assignment]
    query = HiddenField(validators=[Length(max=2000)])
    pick = SelectMultipleField(validate_choice=False)

    @classmethod
    def filled(cls, tasks: Sequence[Task] = (), **options: Any) -> ManyForm:
        """Filled in as an order about one unit is."""
        form = cls(data={"kind": "order", "demand": told(demand("order", tasks, now())), "days": USUAL}, **options)
        form.days.choices = limits()
        return form
