"""Telling other tasks that something they rest on changed, so that a decision under way notices."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy.orm.attributes import flag_modified
from sqlalchemy.orm.exc import StaleDataError

from app.db import db
from app.tasks.models import Task
from app.tasks.refusals import OutOfTurn
from workflows.grammar import say


def touch(tasks: Iterable[Task]) -> None:
    """Lock the tasks in the order of their ids and raise their versions."""
    for task in sorted(tasks, key=lambda task: task.id):
        flag_modified(task, "title")
        try:
            db.session.flush()
        except StaleDataError as lost:
            raise OutOfTurn(say("Somebody else was faster; look at what changed and try again.")) from lost
