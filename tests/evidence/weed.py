"""A real S3 server for one test run: seaweedfs on the loopback, in a folder of its own, gone with the run."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Event

from app.evidence.storage import Missing, Storage, StorageAway, open_storage

WEED = Path(sys.executable).with_name("weed")
KEYS = {"access_key": "fictional", "secret_key": "only-for-this-test-run"}
PORTS = [f"{part}.port{kind}" for part in ("master", "volume", "filer", "s3") for kind in ("", ".grpc")]


@dataclass
class Weed:
    """A running server."""

    ports: dict[str, int]

    def storage(self, incoming: Path, prefix: str, **options: str) -> Storage:
        """A storage of its own, in a folder of the bucket."""
        address = f"s3://rectify/{prefix}?endpoint=http://127.0.0.1:{self.ports['s3.port']}"
        return open_storage(address, incoming, **(KEYS | options))


@contextmanager
def running(folder: Path, ports: dict[str, int] | None = None) -> Iterator[Weed]:
    """Start it (again, where `ports` are given), wait until a file can be written and read, and stop it."""
    ports = ports or dict(zip(PORTS, _free_ports(len(PORTS)), strict=True))
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(_command(folder, ports), stdout=log, stderr=log, cwd=folder)
    try:
        _wait(Weed(ports), process, folder)
        yield Weed(ports)
    finally:
        process.kill()
        process.wait()


def _command(folder: Path, ports: dict[str, int]) -> list[str]:
    (folder / "s3.json").write_text(json.dumps({"identities": [{
        "name": "house", "actions": ["Admin", "Read", "Write", "List", "Tagging"],
        "credentials": [{"accessKey": KEYS["access_key"], "secretKey": KEYS["secret_key"]}],
    }]}))  # fmt: skip
    said = ["-ip=127.0.0.1", "-ip.bind=127.0.0.1", f"-dir={folder}", "-filer", "-s3", "-volume.max=20"]
    said += [
        "-master.volumeSizeLimitMB=64",
        f"-s3.config={folder / 's3.json'}",
        "-s3.port.iceberg=0",
        "-s3.port.lance=0",
    ]
    return [str(WEED), "server", *said, *(f"-{name}={port}" for name, port in ports.items())]


def _wait(weed: Weed, process: subprocess.Popen[bytes], folder: Path) -> None:
    """Ports open before the server is ready, so ask for what is needed until it works."""
    for _ in range(200):
        if process.poll() is None and _works(weed, folder):
            return
        Event().wait(0.2)
    raise RuntimeError("seaweedfs did not start: " + (folder / "log").read_text()[-2000:])


def _works(weed: Weed, folder: Path) -> bool:
    bucket = f"http://127.0.0.1:{weed.ports['filer.port']}/buckets/rectify/"
    with suppress(OSError), urllib.request.urlopen(urllib.request.Request(bucket, method="POST"), timeout=5):
        pass  # made now; it answers with an error when it was there already, or is not up yet
    storage = weed.storage(folder / "incoming", "ready")
    try:
        storage.put_bytes("ready", b"yes")
        return b"".join(storage.open_read("ready").chunks) == b"yes"
    except (StorageAway, Missing):
        return False


def _free_ports(count: int) -> list[int]:
    with ExitStack() as stack:
        sockets = [stack.enter_context(socket.socket()) for _ in range(count)]
        for each in sockets:
            each.bind(("127.0.0.1", 0))
        return [each.getsockname()[1] for each in sockets]
