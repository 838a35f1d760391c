"""Writing a message: in the receiver's language, a line for each thing, and never more than number, title and unit."""

from __future__ import annotations

from collections.abc import Iterable

from flask import current_app
from flask_babel import force_locale, ngettext
from flask_babel import gettext as _

from app.clock import local
from app.notices import leaving, queries_letters, weekly
from app.notices.channels import Letter, Line
from app.notices.models import Message, Notice
from app.notices.when import GRAVER
from app.steps.timeline import what
from app.words import told
from workflows.grammar import say

SHOWN = 60  # lines of a digest; what is more stands in the inbox


def write(message: Message) -> Letter:
    """The letter that this message is."""
    person, channel = message.person, message.channel
    locale = (person.locale if person else channel.locale) or current_app.config["BABEL_DEFAULT_LOCALE"]
    with force_locale(locale):
        notices = queries_letters.notices(message.id) if message.kind == "news" else []
        lines = _lines(notices, named=channel.is_robot)
        return Letter(
            number=message.id, kind=message.kind, made_at=message.made_at, to=person.email if person else "",
            name=person.name if person else channel.name, locale=locale,
            subject=_marked(_subject(message, lines, notices), again=message.copies > 0),
            intro=tuple(_intro(message, notices)), lines=tuple(lines[:SHOWN]),
            more=_more(len(lines) - SHOWN),
            home=address("/inbox"), again=message.copies > 0, leave=_leave(message, notices),
            facts=tuple(weekly.sentences(message)) if message.kind == "weekly" else (),
        )  # fmt: skip


def _more(left: int) -> str:
    return ngettext("One more stands in your inbox.", "%(num)d more stand in your inbox.", left) if left > 0 else ""


def address(path: str) -> str:
    """An address that works from outside: links begin with BASE_URL."""
    return f"{current_app.config['BASE_URL']}{path}"


def _marked(subject: str, *, again: bool) -> str:
    mark = f"({_('sent again')})" if again else ""
    return " ".join(f"[{_('Rectify')}] {mark} {subject}".split())


def _subject(message: Message, lines: list[Line], notices: list[Notice]) -> str:
    if message.kind == "test":
        return _("A test message")
    if message.kind == "weekly":
        return _("The week in a few lines")
    if len(lines) == 1:
        return f"{lines[0].what}: {lines[0].number} {lines[0].title}"
    urgent = len({notice.task_id for notice in notices if notice.duty})
    if urgent:
        if urgent == len(lines):
            return _("%(n)d things for you to act on", n=urgent)
        return _("%(n)d things, %(urgent)d of them for you to act on", n=len(lines), urgent=urgent)
    return told(say("%(n)d things that happened", n=len(lines)))


def _intro(message: Message, notices: list[Notice]) -> Iterable[str]:
    if message.copies:
        yield _("This message is sent again: it is not certain that it arrived. If you have it already, ignore it.")
    if message.kind == "test":
        yield _("This channel works. An administrator sent this test.")
    if message.late:
        yield _late(notices)


def _late(notices: list[Notice]) -> str:
    """Why it comes late, and from when to when nobody ticked."""
    gap = queries_letters.gap_before(max(notice.entry.at for notice in notices))
    if gap is None:
        return _("This comes late: the system had stood still.")
    if gap.is_before_all:
        return _("The scheduler first ran on %(at)s. What had come due before is said now.", at=_spelled(gap.until_at))
    return _("The system stood still from %(start)s to %(end)s. What follows is said late because of that; nobody is "
             "blamed for those days.", start=_spelled(gap.from_at), end=_spelled(gap.until_at))  # fmt: skip


def _spelled(at: object) -> str:
    return local(at).strftime("%Y-%m-%d %H:%M")  # type: ignore[arg-type]


def _lines(notices: list[Notice], *, named: bool) -> list[Line]:
    """One line for a matter, however often and to how many it was said; what is to be acted on first."""
    by_task: dict[int, list[Notice]] = {}
    for notice in notices:
        by_task.setdefault(notice.task_id, []).append(notice)
    matters = sorted(by_task.values(), key=lambda group: not any(notice.duty for notice in group))
    return [_line(group, named=named) for group in matters]


def _line(group: list[Notice], *, named: bool) -> Line:
    """The strongest word that was said of it, and how much else."""
    entry, task = max(group, key=_strength).entry, group[0].task
    others = len({notice.entry_id for notice in group}) - 1
    word = told(what(task, entry.step))
    word = _("%(what)s (and %(n)d more)", what=word, n=others) if others else word
    due = _("due %(on)s", on=task.due_on.isoformat()) if task.due_on and task.open else ""
    people = tuple(dict.fromkeys(notice.person.name for notice in group)) if named else ()
    return Line(
        what=word, number=task.number, title=" ".join(task.title.split()),
        unit=task.unit.name if task.unit else "", due=due, url=address(f"/tasks/{task.id}"), at=_spelled(entry.at),
        people=people,
    )  # fmt: skip


def _strength(notice: Notice) -> tuple[bool, bool, int, int]:
    """What asks something at once before what asks something; then the graver rung, then the later word."""
    step = notice.entry.step
    return notice.urgent, notice.duty, GRAVER.index(step) if step in GRAVER else -1, notice.entry_id


def _leave(message: Message, notices: list[Notice]) -> str:
    """Where she asks to be spared what is not duty; empty when everything is."""
    if message.person_id is None or message.kind == "test":
        return ""
    if message.kind == "weekly":
        return address(f"/unsubscribe/{leaving.mark(message.person_id, 'weekly')}")
    spared = any(not notice.duty for notice in notices)
    return address(f"/unsubscribe/{leaving.mark(message.person_id, 'news')}") if spared else ""
