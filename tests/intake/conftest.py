"""A visit that waits for its list, and the inspector who has it."""

from __future__ import annotations

import pytest

from app.db import unit_of_work
from tests import story
from tests.cast import Cast


@pytest.fixture
def visit(app) -> int:
    """The task of a visit."""
    with app.app_context(), unit_of_work():
        return story.visit(Cast()).task_id


@pytest.fixture
def url(visit) -> str:
    return f"/tasks/{visit}/paste"


@pytest.fixture
def look(visit) -> str:
    """Where the first list that is sent lies on the table."""
    return f"/tasks/{visit}/previews/1"


@pytest.fixture
def inspector(sign_in):
    return sign_in("inspector")
