"""Every default of the house on one page: what holds, where it comes from, who changed it last, where it is changed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from flask import current_app
from flask_babel import gettext as _

from app.acts.models import Act
from app.calendars.actions import SOURCES
from app.calendars.queries import years
from app.calendars.queries_hours import house_hours
from app.calendars.queries_hours import listed as hours_set
from app.escalations import actions_clocks, queries_pages
from app.overview.queries_settings import last_acts
from app.words import joined, told
from config import MEGABYTE
from workflows import sources
from workflows.book import WORKFLOWS


@dataclass(frozen=True)
class Setting:
    """One default: its name, what holds, its source, the page that changes it, and the last act about it."""

    name: str
    value: str
    source: str
    page: str = ""
    act: Act | None = None


def listed() -> list[Setting]:
    """All of them, those of the pages first, then those of the machine."""
    acts = last_acts()
    return [*_of_pages(acts), *_of_machine()]


def _of_pages(acts: dict[str, Act]) -> Iterator[Setting]:
    yield _time_limits(acts)
    choices = queries_pages.choices()
    ladders = joined(dict.fromkeys(told(choice.ladder.name) for choice in choices))
    yield Setting(_("Ladders"), _("%(names)s (choices: %(n)d)", names=ladders, n=len(choices)),
                  _("Shipped with the house, or as it was saved"), "escalations.index", acts.get("ladder"))  # fmt: skip
    known = years()
    yield Setting(_("Working calendar"), joined(str(year) for year in sorted(known)[-3:]) or "--",
                  "；".join(dict.fromkeys(told(SOURCES.get(source, source)) for source in known.values() if source))
                  or _("Monday to Friday"),
                  "calendars.index", acts.get("calendar"))  # fmt: skip
    hours, kept = house_hours(), hours_set()
    office, quiet = (f"{start:%H:%M}–{end:%H:%M}" for start, end in (hours.office, hours.quiet))
    said = _(
        "office %(office)s; quiet %(quiet)s; digest at %(at)s", office=office, quiet=quiet, at=f"{hours.digest:%H:%M}"
    )
    yield Setting(_("Hours"), said,
                  "；".join(row.source for row in kept.values()) or _("default"), "calendars.hours",
                  acts.get("calendar"))  # fmt: skip
    yield Setting(_("Channels"), _("mail: %(mail)s; robots of groups as listed there", mail=_mail()),
                  _("As it was saved"), "notices.channels", acts.get("channel"))  # fmt: skip
    yield Setting(_("Titles and marks of papers"), _("Templates and what stands before the year"),
                  _("Shipped with the house, or as it was saved"), "papers.marks", acts.get("paper"))  # fmt: skip
    yield Setting(_("Wall displays"), _("Screens in corridors and their addresses"), _("As it was saved"),
                  "analysis.screens")  # fmt: skip


def _time_limits(acts: dict[str, Act]) -> Setting:
    set_clocks = actions_clocks.listed()
    lawful = [state for workflow in WORKFLOWS.values() for state in workflow.states if state.within]
    ruled = sum(state.source in sources.NAMED for state in lawful)
    said = "；".join(dict.fromkeys(clock.source for clock in set_clocks))
    return Setting(
        _("Time limits"), _("%(n)d states by the law, %(set)d set instead", n=len(lawful), set=len(set_clocks)),
        said or _("%(n)d from a rule that is named, the others the house’s own; each with its source on its page",
                  n=ruled), "escalations.clocks", acts.get("clock"),
    )  # fmt: skip


def _of_machine() -> Iterator[Setting]:
    """What whoever runs the machine sets in its environment; nobody changes these in a browser."""
    of: dict[str, Any] = current_app.config
    pixels = of["PHONE_PIXELS"]
    yield _machine(_("Largest file of evidence"), f"{of['MAX_FILE_BYTES'] // MEGABYTE} MB", "MAX_FILE_MB")
    yield _machine(_("Photos keep their originals"),
                   _("made smaller on the phone, %(n)d pixels at most", n=pixels) if pixels else _("yes, as they are"),
                   "PHONE_PIXELS")  # fmt: skip
    yield _machine(_("Unfinished uploads are kept"), _("%(n)d days", n=of["UPLOAD_DAYS"]), "UPLOAD_DAYS")
    yield _machine(_("Links to files are good for"), _("%(n)d minutes", n=of["LINK_MINUTES"]), "LINK_MINUTES")
    yield _machine(_("Exports at once up to"), _("%(n)d rows", n=of["EXPORT_ROWS"]), "EXPORT_ROWS")
    yield _machine(_("Charts are counted by the scheduler from"), _("%(n)d tasks", n=of["KEPT_FROM"]), "KEPT_FROM")
    yield _machine(_("Mail server"), _mail(), "SMTP_HOST")
    yield _machine(_("Links in messages begin with"), of["BASE_URL"], "BASE_URL")
    yield _machine(_("Time zone"), of["BABEL_DEFAULT_TIMEZONE"], "COUNTY_ZONE")


def _mail() -> str:
    of = current_app.config
    return f"{of['SMTP_HOST']}:{of['SMTP_PORT']}" if of["SMTP_HOST"] else "--"


def _machine(name: str, value: str, variable: str) -> Setting:
    return Setting(name, value, _("Environment of the machine: %(variable)s", variable=variable))
