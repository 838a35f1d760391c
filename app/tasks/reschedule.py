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
