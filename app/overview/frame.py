"""What stands around every page: the menu of one's posts, the unread count, what everybody should know."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from flask import Flask, current_app, g, render_template, request, url_for
from flask_babel import get_locale
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from markupsafe import Markup
from werkzeug.local import LocalProxy

from app.calendars.queries import ANNOUNCED
from app.clock import today
from app.overview import queries
from app.people.models import SUPERVISING
from config import VERSION
from workflows.grammar import say

ALL = "all"
ADMIN = "admin"


@dataclass(frozen=True)
class Place:
    """An entry of the menu: where it leads, and with which posts it is of use."""

    endpoint: str
    label: Any
    icon: str
    posts: frozenset[str]


MENU = (
    Place("overview.desk", _l("My desk"), icon="home", posts=frozenset({ALL})),
    Place("findings.index", _l("Findings"), icon="list-check", posts=SUPERVISING | {"head", "member"}),
    Place("inspections.index", _l("Inspections"), icon="clipboard-list", posts=SUPERVISING),
    Place("analysis.index", _l("Analysis"), icon="chart-bar", posts=SUPERVISING | {"head"}),
    Place("overview.coverage", _l("Coverage"), icon="layers-intersect", posts=frozenset({"head", "reviewer"})),
    Place("orders.index", _l("Orders"), icon="speakerphone", posts=frozenset({"leader", "inspector"})),
    Place("papers.index", _l("Official papers"), icon="file-text", posts=SUPERVISING | {"head", "member", ADMIN}),
    Place("units.index", _l("Units"), icon="building", posts=SUPERVISING | {"head", ADMIN}),
    Place("overview.settings", _l("Settings"), icon="settings", posts=frozenset({ADMIN})),
    Place("people.index", _l("People"), icon="users", posts=frozenset({ADMIN})),
    Place("escalations.index", _l("Ladders"), icon="stairs-up", posts=frozenset({ADMIN})),
    Place("notices.index", _l("Notices"), icon="bell", posts=frozenset({ADMIN})),
)


def init_app(app: Flask) -> None:
    """Lazily, so that a page without the frame asks for nothing."""

    @app.context_processor
    def around() -> dict[str, Any]:
        return {
            "menu": LocalProxy(_menu), "unread": LocalProxy(_unread), "banners": LocalProxy(_banners),
            "version": VERSION, "kept": kept,
        }  # fmt: skip


def kept(template: str) -> Markup:
    """A part of the frame that is the same for everybody with that menu and language: drawn once."""
    places = tuple((entry["url"], entry["current"]) for entry in _menu())
    return _drawn(current_app.name, template, str(get_locale()), places)


@lru_cache(maxsize=1000)
def _drawn(_app: str, template: str, _locale: str, _places: tuple[tuple[str, bool], ...]) -> Markup:
    return Markup(render_template(template))


def _menu() -> list[dict[str, Any]]:
    if "menu" not in g:
        g.menu = _entries() if current_user.is_authenticated else []
    return list(g.menu)


def _entries() -> list[dict[str, Any]]:
    posts = {ALL, *(seat.kind for seat in current_user.seats), *([ADMIN] if current_user.is_admin else [])}
    return [
        {"url": _address(place.endpoint), "label": place.label, "icon": place.icon,
         "current": place.endpoint == request.endpoint}
        for place in MENU
        if posts & place.posts and place.endpoint in current_app.view_functions
    ]  # fmt: skip


def _address(endpoint: str) -> str:
    """The address of a page without arguments; asked for by every page, so it is kept."""
    kept: dict[str, str] = current_app.extensions.setdefault("menu", {})
    if endpoint not in kept:
        kept[endpoint] = url_for(endpoint)
    return kept[endpoint]


def _unread() -> int:
    return _told()[0]


def _banners() -> list[dict[str, Any]]:
    return [*_alerting(), *_estimated()]


def _alerting() -> list[dict[str, Any]]:
    """For administrators, on every page: the machine stood still, a post is vacant, the auditor found something."""
    count = _told()[2]
    if not count:
        return []
    return [{"tone": "late", "text": say("Things that need an administrator: %(n)d.", n=count),
             "url": _address("escalations.watch"), "link": _l("Look at them")}]  # fmt: skip


def _estimated() -> list[dict[str, Any]]:
    last, day = _told()[1], today()
    # The next year is the administrators' business from the month in which its holidays are announced.
    wanted = day.year + (current_user.is_authenticated and current_user.is_admin and day.month >= ANNOUNCED)
    if last is None or last >= wanted:
        return []
    text = say("The calendar of %(year)s has not been entered; Monday to Friday counts as working days.",
               year=max(last + 1, day.year))  # fmt: skip
    return [{"tone": "soon", "text": text, "url": _address("calendars.index"), "link": _l("Look at the calendar")}]


def _told() -> tuple[int, int | None, int]:
    """Unread messages, the last year of the calendar, open alerts: one statement for the whole frame."""
    if "frame" not in g:
        known = current_user.is_authenticated
        g.frame = queries.around(current_user) if known else (0, None, 0)
    count, year, alerts = g.frame
    return count, year, alerts
