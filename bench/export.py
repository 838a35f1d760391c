"""What an export of the ledger costs: seconds and memory for ten thousand rows, and how memory grows with them."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from subprocess import run
from tempfile import TemporaryDirectory

from bench import seed
from bench.ledger import house
from bench.measuring import Figure

FEW, MANY = 1_000, 10_000
SECONDS, MEGABYTES, GROWTH = 60, 250, 1.3
OUTSIDE = """
import sys, time
from pathlib import Path
import config
from app import create_app
from app.findings.filters import Filters
from app.papers import exporting
from app.people import queries
app = create_app(config.from_environment({"DATA_DIR": sys.argv[1], "DEMO": "0"}))
with app.app_context():
    person = queries.by_login(sys.argv[2])
    start = time.perf_counter()
    done = []
    exporting.write(Path(sys.argv[3]), person, Filters(state="all"), {"format": sys.argv[4]}, done.append)
    peak = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM"))
    print(done[-1], time.perf_counter() - start, peak.split()[1])
"""  # not ru_maxrss, which a child takes over from whoever started it


def figures() -> Iterator[Figure]:
    """The workbook and the text, each by a process of its own, so that its memory is its own."""
    with TemporaryDirectory(dir=os.getcwd(), prefix=".bench-") as folder:
        for size, count in (("few", FEW), ("many", MANY)):
            house(f"{folder}/{size}", "", count)
        for shape in ("xlsx", "csv"):
            _seconds, less = _written(folder, "few", shape, FEW)
            seconds, most = _written(folder, "many", shape, MANY)
            yield Figure(f"export of {MANY} rows, {shape}", seconds, "s", SECONDS)
            yield Figure(f"export of {MANY} rows, {shape}, peak memory", most, "MB", MEGABYTES)
            yield Figure(f"export, {shape}, peak memory, 1k to 10k rows", most / less, "×", GROWTH)


def _written(folder: str, size: str, shape: str, count: int) -> tuple[float, float]:
    """Seconds and peak MB of one export."""
    out = Path(folder) / f"{size}.{shape}"
    command = [sys.executable, "-c", OUTSIDE, f"{folder}/{size}", seed.SUPERVISOR, str(out), shape]
    said = run(command, capture_output=True, text=True, check=True).stdout.split()
    assert int(said[0]) == count, said
    return float(said[1]), int(said[2]) / 1024
