"""Erasing free text: of an entry, or at a task's first entry what its record says in columns of its own.

The chain seals the hash of a text and never the text, so it holds before and after. A text that is gone without
an entry of its own that says so is named by the audit.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime

from app.db import db
from app.folding import fold
from app.tasks.entries import FREELY, Entry
from app.tasks.models import Task

Forget = Callable[[Entry], None]
Hear = Callable[[Task, set[str]], None]
ERASED = "erases"  # the fact of the entry that says it: the numbers of those whose words are gone
BEGINNING = "begin"
GONE = "—"  # stands where a record's own words were
_copies: dict[str, list[Forget]] = {}
_columns: dict[str, tuple[str, ...]] = {}
_hearers: list[Hear] = []


def keeps_a_copy(*steps: str) -> Callable[[Forget], Forget]:
    """Register what else keeps the words of such an entry, and how that forgets them."""

    def register(forget: Forget) -> Forget:
        for step in steps:
            _copies.setdefault(step, []).append(forget)
        return forget

    return register


def hears_what_goes(hear: Hear) -> Hear:
    """Register who else tells of tasks in words of its own: it is told which texts of a task go."""
    _hearers.append(hear)
    return hear


def says(kind: str, *columns: str) -> None:
    """Register where the record of such a task keeps its own words."""
    _columns[kind] = columns


def words_of(entry: Entry) -> dict[str, str]:
    """What could be erased there: what was said or replaced, and at the first entry what the record says now."""
    return {
        **entry.said,
        **{f"before {name}": text for name, text in entry.before.items() if name in FREELY and text},
        **(_record(entry.task) if entry.step == BEGINNING else {}),
    }


def has_words(entry: Entry) -> bool:
    """Whether something could be erased there, beside a file's name; the record itself is not read for that."""
    if entry.step == BEGINNING and entry.task.kind in _columns and entry.task.title != entry.task.number:
        return True
    return bool(set(entry.said) - {"name"}) or any(entry.before.get(name) for name in FREELY)


def _record(task: Task) -> dict[str, str]:
    told = {name: getattr(task.subject, name) for name in _columns.get(task.kind, ())}
    return {name: text for name, text in told.items() if text and text != GONE}


def erase_words(entries: Iterable[Entry], now: datetime) -> list[int]:
    """Erase what was said in those entries of one task, wherever it stands; the numbers of those that had words."""
    gone, entries = [], list(entries)
    going = {text for entry in entries for text in (*words_of(entry).values(), *_called(entry)) if text}
    for entry in entries:
        if entry.step == BEGINNING and _record(entry.task):
            gone += [entry.seq, *_erase_record(entry, now)]
        if entry.words is None or entry.words.erased_at:
            continue
        _forget_copies(entry)
        entry.words.content, entry.words.erased_at = "", now
        gone.append(entry.seq)
    db.session.flush()
    for hear in _hearers if going else ():
        hear(entries[0].task, going)
    return gone


def _called(entry: Entry) -> tuple[str, ...]:
    """A record that loses its words loses what it is called by."""
    return (entry.task.title,) if entry.step == BEGINNING and _record(entry.task) else ()


def _forget_copies(entry: Entry) -> None:
    """What was said stands in the record, too, or somewhere else that asked to be told."""
    said = set(entry.said.values())
    for name, text in _record(entry.task).items():
        if text in said:
            setattr(entry.task.subject, name, GONE)
    for forget in _copies.get(entry.step, []):
        forget(entry)


def _erase_record(beginning: Entry, now: datetime) -> list[int]:
    """Its own columns, what it is called here and on what hangs below it, and what a change replaced."""
    task = beginning.task
    for forget in _copies.get(BEGINNING, []):
        forget(beginning)
    for name in _record(task):
        setattr(task.subject, name, GONE)
    for called in [child for child in task.children if child.title == task.title] + [task]:
        called.title, called.folded = called.number, fold(called.number)
    return erase_words([entry for entry in task.entries if entry.before and entry.step != BEGINNING], now)
