"""The disk is full: it is said, what came before is kept, others go on reading, and it goes on when there is room."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from app.db import unit_of_work
from tests import story
from tests.cast import Cast
from tests.evidence import pictures
from tests.evidence.tus import Phone

pytestmark = pytest.mark.faults


@pytest.fixture
def small_disk(app):
    """A disk of one megabyte where the parts lie."""
    folder = Path(app.config["DATA_DIR"]) / "parts"
    folder.mkdir(exist_ok=True)
    order = ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(folder)]
    if os.geteuid() != 0 or subprocess.run(order, check=False, capture_output=True).returncode:
        pytest.skip("NOT RUN: only root may mount a small disk here")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def test_a_full_disk_is_said_and_it_goes_on_where_it_was_when_there_is_room(app, sign_in, small_disk):
    with app.app_context(), unit_of_work():
        measure = story.rectifying(Cast()).measures[0].task.id
    filler = small_disk / "filler"
    filler.write_bytes(bytes(900 * 1024))
    phone = Phone(sign_in("owner"), measure, pictures.noise(1600, 1200, quality=88))
    assert len(phone.content) > 300_000
    phone.announces()
    answer = phone.sends(0)
    assert answer.status_code == 507
    assert "存储空间已满" in answer.json["sentences"][0] or "满" in answer.json["sentences"][0]
    there = phone.asks()
    assert 0 < there < len(phone.content), "what came before is kept"
    assert sign_in("district").get("/findings").status_code == 200
    filler.unlink()
    assert phone.sends(there).status_code == 204
    page = phone.browser.get(f"/tasks/{measure}", headers={"Accept": "application/json"})
    assert page.status_code == 200
