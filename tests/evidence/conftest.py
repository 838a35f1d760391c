"""Storages to try: a folder, and a prefix on a real S3 server."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.evidence.storage import Storage, open_storage
from tests.evidence import weed as server


@pytest.fixture(scope="session")
def weed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[server.Weed]:
    with server.running(tmp_path_factory.mktemp("weed")) as running:
        yield running


@pytest.fixture(params=["folder", "s3"])
def storage(request: pytest.FixtureRequest, tmp_path: Path) -> Storage:
    if request.param == "folder":
        return open_storage(tmp_path / "store")
    return request.getfixturevalue("weed").storage(tmp_path / "incoming", tmp_path.name)
