"""The working calendar: everybody reads it, administrators change it."""

from __future__ import annotations

import calendar
from datetime import date
from typing import Any

from flask import Blueprint, abort, flash, request, url_for
from flask_babel import gettext as _
from flask_login import current_user, login_required

from app.acts import actions as acts
from app.calendars import actions, queries
from app.calendars.actions import FIRST, LAST, SOURCES
from app.calendars.forms import DaysForm, ListForm, YearForm
from app.clock import now, today
from app.guard import for_administrators
from app.htmx import back_to, number, page
from app.words import told
from workflows.calendar import Calendar
from workflows.grammar import say

bp = Blueprint("calendars", __name__)
WEEKS = calendar.Calendar()


@bp.get("/calendars")
@login_required
def index() -> Any:
    """All years, and the months of the one that was chosen."""
    year = request.args.get("year", type=number) or today().year
    if not FIRST <= year <= LAST:
        abort(404)
    return shown(year, DaysForm(formdata=None, kind="off"))


def shown(year: int, form: DaysForm, status: int = 200, *, listing: ListForm | None = None) -> Any:
    """The page of a year with its forms."""
    days = queries.calendar_explained(date(year, 1, 1), date(year, 12, 31))
    return page(
        "calendars/index.html", status, year=year, years=queries.years(), first=FIRST, last=LAST, form=form,
        months=[_month(days, year, month) for month in range(1, 13)], ranges=queries.ranges(year),
        is_known=year in days.known, may_change=current_user.is_admin, this_year=today().year, sources=SOURCES,
        listing=listing or ListForm(formdata=None),
    )  # fmt: skip


def _month(days: Calendar, year: int, month: int) -> dict[str, Any]:
    """The weeks of a month from Monday on; days of other months are None."""
    weeks = [[_day(days, on) if on.month == month else None for on in week]
             for week in WEEKS.monthdatescalendar(year, month)]  # fmt: skip
    return {"number": month, "weeks": weeks}


def _day(days: Calendar, on: date) -> dict[str, Any]:
    kind, note = days.days.get(on, (None, ""))
    return {"on": on, "shown": kind or ("work" if on.weekday() < 5 else "rest"), "note": note}


@bp.post("/calendars/days")
@for_administrators
def set_days() -> Any:
    """Make some days off, on, or as the week has them."""
    form = DaysForm()
    if not form.validate() or form.starts_on.data is None or form.ends_on.data is None:
        year = form.starts_on.data.year if form.starts_on.data else today().year
        return shown(year if FIRST <= year <= LAST else today().year, form, 422)
    first, last = form.starts_on.data, form.ends_on.data
    before = queries.said_between(first, last)
    count = actions.set_days(first, last, form.kind.data, form.note.data or "")
    acts.note("days", "calendar", queries.spans(list(actions.days_of(first, last))), current_user, now=now(),
              before={"days": before}, after={"days": queries.said_between(first, last)})  # fmt: skip
    flash(told(say("%(count)d days were set. Waits that run already keep their end; new ones count with this.",
                   count=count)))  # fmt: skip
    return back_to(url_for("calendars.index", year=form.starts_on.data.year))


@bp.post("/calendars/<int:year>/seed")
@for_administrators
def seed(year: int) -> Any:
    """Enter what the installed package knows of a year."""
    if not FIRST <= year <= LAST or not YearForm().validate():
        abort(422)
    entered, unknown = actions.seed([year])
    if unknown:
        flash(
            _(
                "The installed holiday list does not know %(year)d yet. Enter the days from the notice by hand.",
                year=year,
            )
        )
    elif entered:
        acts.note("seed", "calendar", str(year), current_user, now=now(), about_id=year)
        flash(_("The public holidays of %(year)d were entered.", year=year))
    return back_to(url_for("calendars.index", year=year))


@bp.post("/calendars/<int:year>/confirm")
@for_administrators
def confirm(year: int) -> Any:
    """The days of the year have been entered by hand: it counts as known."""
    if not FIRST <= year <= LAST or not YearForm().validate():
        abort(422)
    actions.confirm_year(year)
    acts.note("confirm", "calendar", str(year), current_user, now=now(), about_id=year)
    flash(_("%(year)d counts as entered from now on.", year=year))
    return back_to(url_for("calendars.index", year=year))


# The room's further pages hang themselves into the same blueprint.
from app.calendars import views_hours, views_list  # noqa: E402, F401
