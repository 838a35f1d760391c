"""Originals on S3: one conditional PUT for a photo, parts for what is larger; the keys come from the environment."""

from __future__ import annotations

import os
from contextlib import nullcontext, suppress
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, parse_qsl

import obstore
from obstore.exceptions import AlreadyExistsError
from obstore.store import S3Store

from app.clock import now
from app.evidence.faults import Missing, store_may_fail
from app.evidence.storage import LEFT, Alone, Storage

AT_ONCE = 8 * 1024 * 1024  # a conditional PUT holds the whole file in memory
PATIENCE = {
    "max_retries": 2,
    "retry_timeout": timedelta(seconds=20),
    "backoff": {"init_backoff": timedelta(milliseconds=100), "max_backoff": timedelta(seconds=2), "base": 2},
}


class S3Storage(Storage):
    """A bucket, or a prefix in it; every PUT is signed with the hash of its body, so a bent byte is refused."""

    def __init__(self, address: SplitResult, incoming: Path, options: dict[str, str]) -> None:
        said = {**dict(parse_qsl(address.query)), **options}
        super().__init__(_bucket(address, said), incoming)

    def put_file(self, path: Path, sha256: str, alone: Alone = nullcontext) -> str:
        """Store unless it is there; what is there but is not whole, or old enough to be swept, is replaced."""
        key = self.original_key(sha256)
        if not self._created(key, path) and not self._is_fresh(key, path, sha256):
            with alone(), store_may_fail():
                obstore.put(self.store, key, path)
        return key

    def _is_fresh(self, key: str, path: Path, sha256: str) -> bool:
        """Whether it lies there whole, and so young that no sweep takes it."""
        with suppress(Missing):  # swept this very moment
            young = (now() - self.written_at(key)).total_seconds() <= LEFT
            return young and self.is_sound(sha256, path.stat().st_size)
        return False

    def put_bytes(self, key: str, content: bytes) -> None:
        """Keep a derived copy; a later one replaces it."""
        with store_may_fail():
            obstore.put(self.store, key, content)

    def _created(self, key: str, path: Path) -> bool:
        """Write unless the key is taken; parts know no such condition, there the name is asked for first."""
        large = path.stat().st_size > AT_ONCE
        if large and self.exists(key):
            return False
        try:
            with store_may_fail():
                obstore.put(self.store, key, path, mode="overwrite" if large else "create")
        except AlreadyExistsError:
            return False
        return True


def _bucket(address: SplitResult, said: dict[str, str]) -> S3Store:
    endpoint = said.get("endpoint") or os.environ.get("RECTIFY_S3_ENDPOINT", "")
    plain: Any = {"allow_http": endpoint.startswith("http://"), "timeout": timedelta(seconds=60)}
    return S3Store(
        address.netloc,
        prefix=address.path.strip("/") or None,
        config=_config(endpoint, said),
        client_options=plain | {"connect_timeout": timedelta(seconds=5)},
        retry_config=PATIENCE,  # type: ignore[arg-type]
    )


def _config(endpoint: str, said: dict[str, str]) -> Any:
    known = {
        "endpoint": endpoint,
        "region": said.get("region") or os.environ.get("RECTIFY_S3_REGION", "us-east-1"),
        "access_key_id": said.get("access_key") or os.environ.get("RECTIFY_S3_ACCESS_KEY", ""),
        "secret_access_key": said.get("secret_key") or os.environ.get("RECTIFY_S3_SECRET_KEY", ""),
    }
    return {name: value for name, value in known.items() if value}
