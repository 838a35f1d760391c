"""Photos of 2 MB end to end over HTTP, as a form and piece by piece, beside the barest endpoint that keeps the same."""

from __future__ import annotations

import hashlib
import os
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import urllib3

from bench.measuring import Figure
from bench.photo import photo
from tests.evidence.tus import Phone
from tests.faults.house import Guest, House, wait_for

ROUNDS = 40
LIMIT = 1 / 0.6  # at least 60 % of the barest endpoint's throughput
PIECE = 1024 * 1024


def figures() -> Iterator[Figure]:
    """How much longer a photo takes than at the barest endpoint, the same photo sent to each in turn."""
    with TemporaryDirectory(dir=os.getcwd(), prefix=".bench-") as folder:
        house = House(Path(folder))
        task = house.measure()
        with house.open(workers=1), _barest(Path(folder) / "barest") as barest:
            guest = Guest(house, "owner")
            known: list[str] = []
            took = _took(known, {
                "bare": lambda content: _as_form(barest, content),
                "form": lambda content: _filled(guest, task, content),
                "pieces": lambda content: _in_pieces(guest, task, content, known.pop()),
            })  # fmt: skip
    for name in ("form", "pieces"):
        yield Figure(f"photo_2mb_{name}_end_to_end", took[name] / took["bare"], "x bare", LIMIT)


def _took(known: list[str], ways: Mapping[str, Callable[[bytes], None]]) -> dict[str, float]:
    """The median seconds of each; they take turns, so that all have the same weather.

    The phone hashes a photo before it sends it; that is its own time, and `known` has the hash then.
    """
    seconds: dict[str, list[float]] = {name: [] for name in ways}
    for round_ in range(ROUNDS + 3):
        for name, send in ways.items():
            content = photo()
            known[:] = [hashlib.sha256(content).hexdigest()]
            start = time.perf_counter()
            send(content)
            if round_ >= 3:  # the first ones only warm up
                seconds[name].append(time.perf_counter() - start)
    return {name: statistics.median(all_) for name, all_ in seconds.items()}


def _as_form(pool: tuple[urllib3.PoolManager, str], content: bytes) -> None:
    answer = pool[0].request("POST", pool[1], fields={"kind": "after", "file": ("整改后.jpg", content)})
    assert answer.status == 201


def _filled(guest: Guest, task: int, content: bytes) -> None:
    answer = guest.fills(f"/tasks/{task}/evidence", {"kind": "after", "file": ("整改后.jpg", content)})
    assert answer.status_code == 201, answer.data


def _in_pieces(guest: Guest, task: int, content: bytes, sha256: str) -> None:
    """As our own page sends it: announced with its hash and its first piece, then piece by piece."""
    phone = Phone(guest, task, content)
    answer = phone.announces(content[:PIECE], sha256=sha256)
    for start in range(PIECE, len(content), PIECE):
        answer = phone.sends(start, start + PIECE)
    assert answer.headers.get("Upload-Evidence"), answer.status_code


@contextmanager
def _barest(folder: Path) -> Iterator[tuple[urllib3.PoolManager, str]]:
    """Its address, served as the house is."""
    folder.mkdir()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    order = [sys.executable, "-m", "gunicorn", "bench.barest:app", "-b", f"127.0.0.1:{port}", "--threads", "8",
             "--no-control-socket", "--log-level", "error"]  # fmt: skip
    server = subprocess.Popen(order, env={**os.environ, "BAREST_FOLDER": str(folder)})
    try:
        wait_for(f"http://127.0.0.1:{port}", server)
        yield urllib3.PoolManager(retries=False), f"http://127.0.0.1:{port}/"
    finally:
        server.kill()
        server.wait()
