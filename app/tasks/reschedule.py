"""The only writer of due dates: each one is kept beside the original."""

from __future__ import annotations

from datetime import date

from app.tasks import waiting
from app.tasks.due import DueDate
from app.tasks.models import Task


def reschedule(task: Task, on: date, why: str) -> None:
    """Promise `on` from now; `why` is issued, extended, contested, returned or planned."""
    task.due_dates.append(DueDate(on=on, why=why, entry_seq=task.entry_seq))
    task.due_on = task.due_key = on
    waiting.reckon_again(task)


def promise(task: Task, on: date, why: str) -> None:
    """The same ahead of a step that is about to begin a new wait, which will reckon with the date by itself."""
    task.due_dates.append(DueDate(on=on, why=why, entry_seq=task.entry_seq + 1))
    task.due_on = task.due_key = on
