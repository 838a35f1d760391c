"""Two at once: the one who loses at the last moment, inside the database, gets both texts and not a fault."""

from __future__ import annotations

import pytest
from sqlalchemy import update

from app.db import db, unit_of_work
from app.inspections import actions
from app.tasks.models import Task
from tests import story
from tests.cast import Cast


@pytest.fixture
def visit(app) -> int:
    """The task of a visit."""
    with app.app_context(), unit_of_work():
        return story.visit(Cast()).task_id


def test_a_race_lost_in_the_database_answers_409_with_everything_kept(sign_in, visit, monkeypatch):
    change = actions.change_visit

    def overtaken(inspection, *args, **given):
        faster = update(Task).where(Task.id == visit).values(version=Task.version + 1)
        db.session.execute(faster, execution_options={"synchronize_session": False})
        change(inspection, *args, **given)

    monkeypatch.setattr(actions, "change_visit", overtaken)
    typed = {"purpose": "改过的名称", "place": "东片", "ends_on": "2099-01-01"}
    answer = sign_in("inspector").post(f"/tasks/{visit}/edit-visit", data=typed)
    assert answer.status_code == 409
    assert "改过的名称" in answer.text
