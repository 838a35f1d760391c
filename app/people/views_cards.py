"""Activation codes on paper: one card a person to cut out, shown once and never again."""

from __future__ import annotations

from typing import Any

from flask import url_for
from flask_babel import gettext as _
from flask_login import current_user

from app.acts import actions as acts
from app.clock import now
from app.guard import for_administrators
from app.htmx import back_to, page
from app.people import actions_staff, queries_staff
from app.people.forms_staff import CardsForm
from app.people.views import bp


@bp.post("/people/codes")
@for_administrators
def cards() -> Any:
    """New codes for the chosen people; their old passwords and sign-ins end, so nobody picks herself."""
    form = CardsForm()
    chosen = queries_staff.by_ids(form.person.data or [])
    people = [person for person in chosen if person.active and person.id != current_user.id]
    if not form.validate() or not people:
        said = [*form.form_errors, *form.person.errors] or [
            _("None of them can get a code: the account is disabled, or your own.")
        ]
        return page("people/nobody.html", 422, sentences=said)
    moment = now()
    issued = [(person, actions_staff.reset(person, now=moment)) for person in people]
    for person in people:
        acts.note("code", "person", person.name, current_user, now=moment, about_id=person.id)
    return page("people/cards.html", issued=issued, until=people[0].activation_until, address=_address())


@bp.get("/people/codes")
@for_administrators
def no_cards() -> Any:
    """A reloaded page of cards shows nothing: codes are shown once."""
    return back_to(url_for("people.index"))


def _address() -> str:
    return url_for("people.activate", _external=True)
