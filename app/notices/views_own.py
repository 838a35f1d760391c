"""How somebody wants to be told; and the way out of what is not duty, without signing in."""

from __future__ import annotations

from typing import Any

from flask import abort, flash, url_for
from flask_babel import gettext as _
from flask_login import current_user, login_required

from app.calendars.queries_hours import house_hours
from app.forms import only_a_button
from app.htmx import answer_json, back_to, page, wants_json
from app.notices import actions, leaving
from app.notices import queries_pages as queries
from app.notices.forms import WishForm
from app.notices.views import bp
from app.people.models import Person
from app.people.queries import one_seated
from app.people.sessions import open_to_all


@bp.get("/me/notices")
@login_required
def wishes() -> Any:
    """Channels, hours and language."""
    wish = queries.wish_of(current_user)
    if wants_json():
        return answer_json(news=wish.news, weekly=wish.weekly, groups=wish.groups, digest_hour=wish.digest_hour,
                           quiet_from=wish.quiet_from, quiet_until=wish.quiet_until, locale=current_user.locale,
                           email=current_user.email)  # fmt: skip
    return _shown(WishForm.of(wish, current_user.locale))


def _shown(form: WishForm, status: int = 200) -> Any:
    leads = any(seat.kind == "leader" for seat in current_user.seats)
    return page("notices/wishes.html", status, form=form, hours=house_hours(), leads=leads)


@bp.post("/me/notices")
@login_required
def wish() -> Any:
    """From now on so."""
    form = WishForm()
    if not form.validate():
        return _shown(form, 422)
    actions.wish(current_user._get_current_object(), locale=form.locale.data or "", **form.wishes)
    flash(_("Saved. From now on you are told so."))
    return back_to(url_for(".wishes"))


@bp.get("/unsubscribe/<mark>")
@open_to_all
def unsubscribe(mark: str) -> Any:
    """Say what would end; changes nothing, for programmes open links too."""
    person, kind = _whose(mark)
    return page("notices/unsubscribe.html", person=person, kind=kind, mark=mark, done=False)


@bp.post("/unsubscribe/<mark>")
@open_to_all
def leave(mark: str) -> Any:
    """It ends."""
    person, kind = _whose(mark)
    only_a_button()
    actions.leave(person, kind)
    return page("notices/unsubscribe.html", person=person, kind=kind, mark=mark, done=True)


def _whose(mark: str) -> tuple[Person, str]:
    found = leaving.read(mark)
    person = one_seated(found[0]) if found else None
    if found is None or person is None:
        abort(404)
    return person, found[1]
