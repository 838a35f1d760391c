"""A figure with its limit, and how the CPU of things is compared on a machine that is never quiet."""

from __future__ import annotations

import gc
import os
import statistics
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROUNDS, TIMES = 60, 8
WITH_SERVER = 8, 150  # its CPU is known in hundredths of a second only, so each round is longer


@dataclass(frozen=True)
class Figure:
    """One measured value and the most it may be."""

    name: str
    value: float
    unit: str
    limit: float

    @property
    def holds(self) -> bool:
        """Whether the promise is kept."""
        return self.value <= self.limit

    def line(self) -> dict[str, Any]:
        """The figure as it is printed."""
        return {"name": self.name, "value": round(self.value, 3), "unit": self.unit, "limit": self.limit,
                "holds": self.holds}  # fmt: skip


def compared(subjects: Mapping[str, Callable[[], Any]], servers: Mapping[str, int] | None = None) -> Costs:
    """CPU seconds of one call of each, in rounds in which they take turns.

    `servers` names the process of the database behind a subject; its CPU is counted too.
    """
    for call in subjects.values():
        call()
    gc.collect()
    gc.freeze()
    rounds = [
        {name: _cpu_of(call, (servers or {}).get(name)) for name, call in subjects.items()}
        for _round in range(WITH_SERVER[0] if servers else ROUNDS)
    ]
    gc.unfreeze()
    return Costs(rounds)


@dataclass(frozen=True)
class Costs:
    """What each cost in each round."""

    rounds: list[dict[str, float]]

    def ratio(self, one: str, other: str) -> float:
        """How much dearer one is: the median over the rounds, for both had the same weather in each."""
        return statistics.median(costs[one] / costs[other] for costs in self.rounds)


def _cpu_of(call: Callable[[], Any], server: int | None) -> float:
    times = WITH_SERVER[1] if server else TIMES
    before = time.process_time() + cpu_of(server)
    for _time in range(times):
        call()
    return (time.process_time() + cpu_of(server) - before) / times


def cpu_of(process: int | None) -> float:
    """CPU seconds that a process has used so far."""
    if process is None:
        return 0.0
    fields = Path(f"/proc/{process}/stat").read_text().rsplit(") ", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
