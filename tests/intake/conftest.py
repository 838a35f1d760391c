"""A visit that waits for its list, and the inspector who has it."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from app.db import unit_of_work
from app.intake.readers.opening import open_and_read
from app.intake.reading import Reading
from tests import story
from tests.cast import Cast
from tests.intake.corpus.make import make


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


@pytest.fixture(scope="session")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Path, int | None], tuple[Path, Reading]]:
    """Reads one source of the corpus once, by the reader itself: what its child process adds is tested elsewhere."""
    folder = tmp_path_factory.mktemp("corpus")

    @cache
    def read(source: Path, year: int | None) -> tuple[Path, Reading]:
        path = make(source, folder)
        return path, open_and_read(path, path.name, year, {})

    return read
