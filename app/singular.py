"""English only: how a sentence that counts reads when it counts one. Chinese says both alike.

The keys are messages of the catalogue; what is counted is the first number that they name.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

FIRST = re.compile(r"%\((\w+)\)d")
ONE = {
    "%(n)d days overdue": "%(n)d day overdue",
    "%(n)d days left": "%(n)d day left",
    "%(n)d days": "%(n)d day",
    "%(n)d minutes": "%(n)d minute",
    "%(n)d rows": "%(n)d row",
    "%(n)d tasks": "%(n)d task",
    "%(n)d drafts": "%(n)d draft",
    "%(n)d measures": "%(n)d measure",
    "waiting for %(n)d days": "waiting for %(n)d day",
    "usually %(days)d working days": "usually %(days)d working day",
    "at most %(days)d days": "at most %(days)d day",
    "about %(n)d minutes left": "about %(n)d minute left",
    "%(n)d working days: %(on)s": "%(n)d working day: %(on)s",
    "%(count)d working days were counted.": "%(count)d working day was counted.",
    "%(count)d days were set. Waits that run already keep their end; new ones count with this.":
        "%(count)d day was set. Waits that run already keep their end; new ones count with this.",
    "%(n)d measures lack an owner or a date.": "%(n)d measure lacks an owner or a date.",
    "%(n)d measures are not done yet.": "%(n)d measure is not done yet.",
    "%(n)d measures still lack evidence.": "%(n)d measure still lacks evidence.",
    "%(n)d findings are still drafts.": "%(n)d finding is still a draft.",
    "%(n)d findings were recorded; withdraw them first.": "%(n)d finding was recorded; withdraw it first.",
    "%(n)d findings": "%(n)d finding",
    "%(n)d photos or papers are still being looked at. Try again in a moment.":
        "%(n)d photo or paper is still being looked at. Try again in a moment.",
    "%(n)d files are still on their way from you. Wait for them, or leave some out.":
        "%(n)d file is still on its way from you. Wait for it, or leave it out.",
    "Issue all %(n)d drafts": "Issue the draft",
    "%(name)s leaves or cannot sign in any more; %(n)d tasks wait under this name.":
        "%(name)s leaves or cannot sign in any more; %(n)d task waits under this name.",
    "Hand over %(n)d findings together": "Hand over %(n)d finding together",
    "As of %(on)s: %(n)d matters past their date and not submitted.":
        "As of %(on)s: %(n)d matter past its date and not submitted.",
    "%(n)d more are late; they stand in the ledger.": "%(n)d more is late; it stands in the ledger.",
    "%(n)d more wait for their digest or the end of quiet hours.":
        "%(n)d more waits for its digest or the end of quiet hours.",
    "%(n)d more stand in the table.": "%(n)d more stands in the table.",
    "%(n)d orders written, %(skip)d matters skipped.": "%(n)d order written, %(skip)d matters skipped.",
    "%(n)d were changed.": "%(n)d was changed.",
    "%(n)d orders about %(matters)d matters. Nothing has been sent yet.":
        "%(n)d order about %(matters)d matters. Nothing has been sent yet.",
    "%(n)d findings: the view of the ledger with its filters, as far as you may see it.":
        "%(n)d finding: the view of the ledger with its filters, as far as you may see it.",
    "… and %(n)d more fields.": "… and %(n)d more field.",
    "… and %(count)d more rows like these.": "… and %(count)d more row like these.",
    "%(n)d rows were filled. Nothing is written yet.": "%(n)d row was filled. Nothing is written yet.",
    "Write %(n)d problems down as drafts": "Write %(n)d problem down as a draft",
    "This list was already taken in on %(at)s by %(name)s: %(n)d problems.":
        "This list was already taken in on %(at)s by %(name)s: %(n)d problem.",
    "%(n)d problems were left out then. To take them in now, send only those.":
        "%(n)d problem was left out then. To take it in now, send only that one.",
    "Download the %(n)d rows set aside (.xlsx)": "Download the row set aside (.xlsx)",
    "Only the %(n)d rows that need a look": "Only the row that needs a look",
    "%(n)d problems were read. Nothing is written down yet.": "%(n)d problem was read. Nothing is written down yet.",
    "%(n)d problems were written down as drafts. Look at them, then issue them all at once.":
        "%(n)d problem was written down as a draft. Look at it, then issue it.",
    "The list was taken back: %(n)d drafts were discarded.": "The list was taken back: %(n)d draft was discarded.",
    "It cannot be taken back as a whole any more: %(n)d of its findings have moved on.":
        "It cannot be taken back as a whole any more: %(n)d of its findings has moved on.",
    "All %(n)d items read as passed checks, so there is no problem to record.":
        "The one item reads as a passed check, so there is no problem to record.",
    "%(n)d dates do not say whether they are planned or done. Decide for each.":
        "%(n)d date does not say whether it is planned or done. Decide it.",
    "In %(n)d dates the year or the day was completed. Check them.":
        "In %(n)d date the year or the day was completed. Check it.",
    "%(n)d deadlines name no day and were kept as they are written.":
        "%(n)d deadline names no day and was kept as it is written.",
    "%(n)d owners are placeholders such as XX: nobody is named.":
        "%(n)d owner is a placeholder such as XX: nobody is named.",
    "%(n)d owners are named by their role only. Choose the person.":
        "%(n)d owner is named by the role only. Choose the person.",
    "%(n)d passed checks were left out.": "%(n)d passed check was left out.",
    "%(n)d rows are hidden in the file; they were read too.": "%(n)d row is hidden in the file; it was read too.",
    "%(n)d problems have no measure.": "%(n)d problem has no measure.",
    "%(n)d rows name no problem and were left out: lines %(lines)s.":
        "%(n)d row names no problem and was left out: line %(lines)s.",
    "%(n)d pieces of background work of yours are not done yet. Wait for one of them, or cancel it.":
        "%(n)d piece of background work of yours is not done yet. Wait for it, or cancel it.",
    "%(kind)s, %(when)s: %(n)d tasks.": "%(kind)s, %(when)s: %(n)d task.",
    "%(n)d papers would be drafted; named persons decide them.":
        "%(n)d paper would be drafted; a named person decides it.",
    "%(n)d tasks wait: more time was asked for and is not decided.":
        "%(n)d task waits: more time was asked for and is not decided.",
    "%(n)d tasks reach nobody because posts are vacant.": "%(n)d task reaches nobody because posts are vacant.",
    "%(n)d posts are vacant; the next above is told.": "%(n)d post is vacant; the next above is told.",
    "The audit found %(n)d tasks in disorder.": "The audit found %(n)d task in disorder.",
    "%(n)d waits end otherwise now; each task says so in its history.":
        "%(n)d wait ends otherwise now; the task says so in its history.",
    "%(n)d things that happened": "%(n)d thing that happened",
    "Written down at %(n)d units: %(numbers)s": "Written down at %(n)d unit: %(numbers)s",
    "It has waited for %(name)s since %(since)s, %(days)d days longer than usual.":
        "It has waited for %(name)s since %(since)s, %(days)d day longer than usual.",
    "From %(start)s to %(end)s: %(days)d days of the calendar.":
        "From %(start)s to %(end)s: %(days)d day of the calendar.",
    "%(n)d findings have been in one state for over 30 days; %(late)d are past the time their step has.":
        "%(n)d finding has been in one state for over 30 days; %(late)d are past the time their step has.",
    "%(n)d open findings carry photos that are like others.": "%(n)d open finding carries photos that are like others.",
    "%(n)d open findings wait on a post that nobody holds; %(headless)d are at units without a head.":
        "%(n)d open finding waits on a post that nobody holds; %(headless)d are at units without a head.",
    "By today’s calendar and settings %(n)d open waits would end at another moment.":
        "By today’s calendar and settings %(n)d open wait would end at another moment.",
    "Let %(n)d waits end so": "Let %(n)d wait end so",
    "broke the tick %(n)d times; tried again at %(at)s": "broke the tick once; tried again at %(at)s",
    "%(messages)d messages to %(people)d people, %(leaders)d of them to leaders.":
        "%(messages)d message to one person, %(leaders)d of them to leaders.",
    "%(n)d long-term findings, %(closed)d of them closed, %(late)d past the date of their stage.":
        "%(n)d long-term finding, %(closed)d of them closed, %(late)d past the date of its stage.",
    "and %(n)d more lines": "and %(n)d more line",
    "%(units)d units and %(people)d posts were added.": "%(units)d unit and %(people)d posts were added.",
}  # fmt: skip


def well_counted(message: str, values: Mapping[str, object]) -> str:
    """The message that counts one where it does."""
    one = ONE.get(message)
    return one if one and values.get(_counts(message)) == 1 else message


@cache
def _counts(message: str) -> str:
    found = FIRST.search(message)
    return found[1] if found else ""
