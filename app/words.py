"""Words for people: the translations, and how labels, days and moments are shown."""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from functools import cache
from typing import Any

from babel import Locale
from flask import Flask, current_app, g, has_request_context, request, session
from flask_babel import Babel, get_locale, get_translations, ngettext
from flask_login import current_user
from jinja2 import pass_eval_context
from jinja2.nodes import EvalContext
from markupsafe import Markup

from app import clock
from app.singular import well_counted
from workflows.grammar import Sentence

LOCALES = {"zh_CN": "中文", "en": "English"}
NOTHING = "--"
NUMBER = re.compile(r"[\w-]{4,40}")


def init_app(app: Flask) -> None:
    """Give templates their language and their ways to show things."""
    Babel(app, locale_selector=chosen_locale)
    app.jinja_env.install_gettext_callables(spoken, ngettext, newstyle=True)  # type: ignore[attr-defined]
    app.jinja_env.globals["gettext"] = _in_templates
    app.jinja_env.filters.update(told=told, joined=joined, day=day, moment=moment)
    app.jinja_env.globals.update(locales=LOCALES, get_locale=get_locale)
    app.context_processor(lambda: {"lang": str(get_locale()).split("_")[0].replace("zh", "zh-CN")})
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True


def chosen_locale() -> Locale | None:
    """The language chosen in this browser, then the person's own, then the house's default."""
    if not has_request_context():
        return None
    chosen = session.get("locale") or getattr(current_user, "locale", "")
    return _parsed(chosen if chosen in LOCALES else current_app.config["BABEL_DEFAULT_LOCALE"])


@cache
def _parsed(name: str) -> Locale:
    return Locale.parse(name)


def spoken(message: str) -> str:
    """`message` in the reader's language; the catalogue is looked up once a request, not once a word."""
    locale, catalogue = g.get("catalogue") or (None, None)
    if catalogue is None or locale is not getattr(g.get("_flask_babel"), "babel_locale", None):
        catalogue = get_translations()
        g.catalogue = get_locale(), catalogue
    return catalogue.ugettext(message)


def told(sentence: Any) -> str:
    """A label or a sentence of the law in the reader's language."""
    if not sentence:
        return ""
    if not isinstance(sentence, Sentence):
        return spoken(str(sentence))
    values = {name: told(v) if isinstance(v, Sentence) else v for name, v in sentence.values.items()}
    return counted(sentence.message, values) % values if values else spoken(sentence.message)


def counted(message: str, values: Mapping[str, object]) -> str:
    """`message` in the reader's language, as it reads for what is counted; its places are still empty."""
    words = spoken(message)
    return well_counted(message, values) if words == message else words


@pass_eval_context
def _in_templates(context: EvalContext, message: str, **values: Any) -> str:
    """What `_` says in a template; its places are filled as safely as anything else there."""
    words = counted(message, values) if values else spoken(message)
    return (Markup(words) if context.autoescape else words) % values  # our own words


def joined(words: Iterable[Any]) -> str:
    """Words one after another as the reader's language parts them."""
    return ("、" if get_locale().language == "zh" else ", ").join(map(str, words))


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
        sent = request.headers.get("X-Request-Id", "")
        g.request_number = sent if NUMBER.fullmatch(sent) else secrets.token_hex(4)
    return str(g.request_number)
