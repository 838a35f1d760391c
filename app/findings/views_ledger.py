"""The ledger: every finding a viewer may see, by date, narrowed by what stands in the address."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import Any

from flask import render_template, request, url_for
from flask_babel import get_locale
from flask_babel import gettext as _
from flask_login import current_user, login_required
from markupsafe import Markup

from app.clock import today
from app.findings import batch, ledger, queries, rows, wishes
from app.findings.filters import LIGHTS, SIZES, STATES, Filters, read
from app.findings.views import bp, seen
from app.htmx import answer_json, number, page, wants_json
from app.words import told
from workflows.book import TRACKS, WEIGHTS
from workflows.rungs import LABELS as RUNGS


@bp.get("/findings")
@login_required
def index() -> Any:
    """One page of the ledger; the same view as JSON for whoever asks for it."""
    filters, day = read(request.args), today()
    shown, here = ledger.page(current_user, filters, day), url_for(".index")
    locale = str(get_locale())
    following = f"{here}?{filters.address(after=shown.after)}" if shown.after else None
    address = url_for(".show", finding_id=0)[:-1]
    if wants_json():
        return answer_json(findings=[rows.as_json(r, address, day) for r in shown.rows], next=following)
    opened = _opened(request.args.get("open", type=number))
    return page(
        "findings/index.html", rows=rows.in_language(shown.rows, address, day), here=here, filters=filters,
        columns=_columns(locale), hidden=wishes.hidden(current_user), drawer=opened,
        closes=f"{here}?{filters.address()}".rstrip("?"),
        own=_own(locale, here, filters.address(after=""), wishes.views(current_user)),
        filter_bar=_filter_bar(locale, here, replace(filters, after="")),
        query=filters.address(), next_url=following,
        bulk=_bulk(locale, batch.steps_for(current_user), batch.beside(current_user)),
        first_url=f"{here}?{filters.address(after='')}" if filters.after else None,
    )  # fmt: skip


def _opened(finding_id: int | None) -> dict[str, Any] | None:
    """What the drawer shows of the finding that the address names, if she may see it."""
    finding = queries.opened(current_user, finding_id) if finding_id and finding_id < batch.LARGEST else None
    return seen(finding) if finding else None


@lru_cache(maxsize=500)
def _own(_locale: str, here: str, query: str, views: tuple[wishes.View, ...]) -> dict[str, Markup]:
    """Her saved views as chips, and where this one is saved and the columns are chosen."""
    parts = {"chips": "findings/_chips.html", "ways": "findings/_own.html"}
    shown = {"here": here, "query": query, "views": views}
    return {name: Markup(render_template(template, **shown)) for name, template in parts.items()}


@lru_cache(maxsize=500)
def _filter_bar(_locale: str, here: str, filters: Filters) -> Markup:
    """The filters as they stand in the address: the same for everybody who reads that language."""
    return Markup(render_template("findings/_filters.html", here=here, filters=filters, choices=choices()))


@lru_cache(maxsize=50)
def _bulk(_locale: str, steps: tuple[str, ...], beside: tuple[batch.Beside, ...]) -> Markup:
    """The buttons for many rows at once, by what the reader's posts may do with them."""
    named = [(step, str(batch.LABELS[step])) for step in steps]
    return Markup(render_template("findings/_bulk.html", steps=named, beside=beside))


def column_names() -> dict[str, str]:
    """What the columns are called in the reader's language."""
    return _columns(str(get_locale()))


@lru_cache(maxsize=10)
def _columns(_locale: str) -> dict[str, str]:
    """The heads of the columns, which on a phone stand before every cell."""
    return {
        "pick": _("Select"), "light": _("Status"), "number": _("Number"), "title": _("Title"), "unit": _("Unit"),
        "clause": _("Clause"), "owner": _("Owner"), "deadline": _("Deadline"), "waits": _("Waits on"),
    }  # fmt: skip


def choices() -> dict[str, list[tuple[str, str]]]:
    """What each filter offers, in the reader's language."""
    return {
        "state": [("", _("All open")), *_labels(STATES), ("valid", _("All that count")), ("all", _("Everything"))],
        "light": [("", _("Any date")), *zip(LIGHTS, _lights(), strict=True)],
        "mine": [("", _("Everybody's")), ("1", _("Mine"))],
        "weight": [("", _("Any")), *_labels(WEIGHTS)],
        "track": [("", _("Any")), *_labels(TRACKS), ("dated", _("All but long-term"))],
        "size": [(str(size), str(size)) for size in SIZES],
        **_of_course(),
    }


def _of_course() -> dict[str, list[tuple[str, str]]]:
    """What is offered about how a finding went."""

    def any_or(*more: tuple[str, str]) -> list[tuple[str, str]]:
        return [("", _("Any")), *more]

    return {
        "age": any_or(("0-7", _("0–7 days")), ("8-30", _("8–30 days")), ("31-90", _("31–90 days")),
                      ("90-", _("More than 90 days"))),
        "wait": any_or(("late", _("Step late")), ("14", _("Over 14 days in this state")),
                       ("30", _("Over 30 days in this state")), ("90", _("Over 90 days in this state")),
                       ("vacant", _("Waits on a vacant post")), ("headless", _("Its unit has no head"))),
        "returns": any_or(("1", _("Once or more")), ("2", _("Twice or more"))),
        "rung": any_or(("none", _("No rung yet")), *_labels(RUNGS.items())),
        "hints": any_or(("1", _("Carries photo warnings"))),
        "recurs": any_or(("1", _("Came back"))),
        "kept": any_or(("due", _("Due by today, or closed")), ("granted", _("Closed in time")),
                       ("due-first", _("Due by today by its first date, or closed")),
                       ("first", _("Closed in time by its first date"))),
        "verified": any_or(("1", _("Verified at least once")), ("first", _("Passed the first time"))),
    }  # fmt: skip


def _labels(pairs: Any) -> list[tuple[str, str]]:
    return [(name, told(label)) for name, label in pairs]


def _lights() -> list[str]:
    return [_("Overdue"), _("Due today"), _("Due soon"), _("Due this week"), _("Returned")]
