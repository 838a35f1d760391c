"""A reading of no consequence, so that the child that waits for files has everything ready before it forks."""

from __future__ import annotations

from app.intake.readers.grids import Grid
from app.intake.readers.reader import read_grids, read_text
from app.intake.readers.rules import put_together

_TEXT = "存在问题：\n1. 井盖缺失。\n2. 围墙开裂，2026年5月1日前维修到位。\n整改措施：\n1. 补装井盖。责任人：总务处\n"
_ROWS = [
    ["序号", "学校", "存在问题", "整改措施", "责任人", "整改时限"],
    ["1", "某校", "井盖缺失", "补装井盖", "总务处", "立行立改"],
]


def rehearse() -> None:
    """Load what is loaded late: the patterns, the table of characters, what prose and ledgers need."""
    put_together()
    read_text(_TEXT, 2026)
    read_grids([Grid("", _ROWS)], 2026)
