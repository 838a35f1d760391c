"""Words for people: the translations, and how labels, days and moments are shown."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from flask import Flask, g, has_request_context, request, session
from flask_babel import Babel, get_locale, gettext
from flask_login import current_user

from app import clock
from workflows.grammar import Sentence

LOCALES = {"zh_CN": "中文", "en": "English"}
NOTHING = "--"


def init_app(app: Flask) -> None:
    """Give templates their language and their ways to show things."""
    Babel(app, locale_selector=chosen_locale)
    app.jinja_env.filters.update(told=told, day=day, moment=moment)
    app.jinja_env.globals.update(locales=LOCALES, get_locale=get_locale)
    app.context_processor(lambda: {"lang": str(get_locale()).split("_")[0].replace("zh", "zh-CN")})
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True


def chosen_locale() -> str | None:
    """The language chosen in this browser, then the person's own, then the house's default."""
    if not has_request_context():
        return None
    chosen = session.get("locale") or getattr(current_user, "locale", "")
    return chosen if chosen in LOCALES else None


def told(sentence: Any) -> str:
    """A label or a sentence of the law in the reader's language."""
    if not sentence:
        return ""
    if not isinstance(sentence, Sentence):
        return gettext(str(sentence))
    values = {name: told(v) if isinstance(v, Sentence) else v for name, v in sentence.values.items()}
    return gettext(sentence.message, **values) if values else gettext(sentence.message)


def day(on: date | datetime | None) -> str:
    """2026-03-05, or `--`."""
    if on is None:
        return NOTHING
    return (clock.day_of(on) if isinstance(on, datetime) else on).isoformat()


def moment(at: datetime | None) -> str:
    """2026-03-05 09:30 on the county's clock, or `--`."""
    return clock.local(at).strftime("%Y-%m-%d %H:%M") if at else NOTHING


def request_number() -> str:
    """The number of this request, printed on error pages and in the log."""
    if "request_number" not in g:
        g.request_number = request.headers.get("X-Request-Id", "")[:20] or format(id(g) % 10**8, "08d")
    return str(g.request_number)
