"""State × step × person through HTTP: out of turn, invisible, somebody else's, or asked for what is missing."""

from __future__ import annotations

import pytest

from app.db import db, unit_of_work
from app.people.queries import by_login
from app.tasks.models import Task
from app.tasks.queries import visible_to
from app.tasks.standing import standing_for
from tests import story
from tests.cast import Cast
from workflows.finding import FINDING

STATES = {
    "draft": story.draft, "issued": story.issued, "planning": story.planning, "plan_review": story.plan_review,
    "rectifying": story.rectifying, "verifying": story.verifying, "closed": story.closed,
}  # fmt: skip
PEOPLE = ("owner", "head", "inspector", "district", "county", "leader", "teacher", "neighbour", "stranger")
NAMES = sorted({step.name for step in FINDING.steps if not step.opens})
WRONG = {"no_such_field": "1"}  # refused by whoever may take the step, so that nothing moves
JSON, ON_PAPER = {"Accept": "application/json"}, ("head", "district")  # pages cost more to draw


def answer_due(task: Task, login: str, name: str) -> int:
    """What the law says, read without the web."""
    person = by_login(login)
    if not db.session.query(Task.id).filter(Task.id == task.id, visible_to(person)).first():
        return 404
    step = task.workflow.step(name, task)
    if step is None:
        return 409
    return 422 if standing_for(person, task, step) else 403


@pytest.mark.parametrize("state", STATES)
def test_every_step_answers_everybody_as_the_law_says(app, sign_in, state):
    with app.app_context(), unit_of_work():
        task = STATES[state](Cast()).task
        db.session.flush()
        task_id, due = task.id, {(login, name): answer_due(task, login, name) for login in PEOPLE for name in NAMES}
    for login in PEOPLE:
        browser, headers = sign_in(login), {} if login in ON_PAPER else JSON
        for name in NAMES:
            answer = browser.post(f"/tasks/{task_id}/steps/{name}", data=WRONG, headers=headers)
            assert answer.status_code == due[login, name], (state, login, name)
