"""Houses to harm: on both databases and both kinds of store."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from app.db import db
from tests import postgres
from tests.evidence.conftest import weed  # noqa: F401  # the S3 server, started by whoever asks first
from tests.evidence.weed import KEYS
from tests.faults.house import House


def environ_of(kind: str, request: pytest.FixtureRequest) -> dict[str, str]:
    """What makes a house stand on that database or store."""
    if kind == "postgresql":
        try:
            return {"DATABASE_URL": postgres.start().create(f"faults_{secrets.token_hex(4)}")}
        except postgres.Impossible as why:
            pytest.skip(f"NOT RUN on PostgreSQL: {why}")
    if kind == "s3":
        server: Any = request.getfixturevalue("weed")
        address = f"s3://rectify/{secrets.token_hex(4)}?endpoint=http://127.0.0.1:{server.ports['s3.port']}"
        return {
            "EVIDENCE_STORE": address,
            "RECTIFY_S3_ACCESS_KEY": KEYS["access_key"], "RECTIFY_S3_SECRET_KEY": KEYS["secret_key"],
        }  # fmt: skip
    return {}


@pytest.fixture
def house(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[House]:
    """A house on what the test asks for; on a file and a folder when it does not say."""
    environ = environ_of(getattr(request, "param", ""), request)
    for name, value in environ.items():
        monkeypatch.setenv(name, value)
    opened = House(tmp_path, **environ)
    yield opened
    with opened.app.app_context():
        db.session.remove()
        db.engine.dispose()
