"""What reading a ledger costs: ten thousand rows of twelve columns against the bare library, and the most memory."""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from statistics import median

import xlsxwriter

from app.intake.files import read_file, waiting
from bench.measuring import Figure

ROWS, ROUNDS, FILES = 10_000, 5, 3
HEADINGS = [
    "序号",
    "学校名称",
    "问题类别",
    "存在问题",
    "整改措施",
    "责任单位",
    "责任人",
    "整改时限",
    "进展情况",
    "联系电话",
    "验收人",
    "备注",
]
PEOPLE = ("王建平", "李秀云", "赵国庆", "张明远")
# In a process of its own, as the reader is, and without what its start costs: ours waits for files, too.
BARE = """
import gc, sys, time
from python_calamine import CalamineWorkbook
gc.disable()
begun = time.process_time()
CalamineWorkbook.from_path(sys.argv[1]).get_sheet_by_index(0).to_python()
print(time.process_time() - begun)
"""


def figures() -> Iterator[Figure]:
    """The CPU of a file in both processes as a multiple of the bare library's, and the most memory of either."""
    with tempfile.TemporaryDirectory() as folder:
        path = ledger(Path(folder) / "ledger.xlsx")
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        rounds = [(_bare(path), _ours(path)) for _round in range(ROUNDS)]
        yield Figure("intake_read_10000_rows", median(ours / bare for bare, ours in rounds), "x bare", 3)
        grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
        child = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
        yield Figure("intake_read_10000_rows_memory", max(grown, child) / 1024, "MiB", 300)


def _bare(path: Path) -> float:
    command = [sys.executable, "-c", BARE, str(path)]
    runs = [subprocess.run(command, check=True, capture_output=True, text=True).stdout for _file in range(FILES)]
    return min(map(float, runs))


def _ours(path: Path) -> float:
    """CPU of one file; a child that has ended tells what its forks took, so its start is measured and taken off."""
    return (_cpu(path, 1 + FILES) - _cpu(path, 1)) / FILES


def _cpu(path: Path, files: int) -> float:
    begun = _spent()
    for _file in range(files):
        assert len(read_file(path, path.name).findings) == ROWS
    waiting.close()
    return _spent() - begun


def _spent() -> float:
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


def ledger(path: Path) -> Path:
    """A county's ledger: every row has its own words, few schools and people."""
    book = xlsxwriter.Workbook(path)
    sheet, day = book.add_worksheet("台账"), book.add_format({"num_format": "yyyy-mm-dd"})
    sheet.write_row(0, 0, HEADINGS)
    for row in range(1, ROWS + 1):
        text = f"{row % 9 + 1}号教学楼第{row}间教室灭火器压力不足，未按期更换，存在安全隐患"
        measure = f"更换第{row}间教室的灭火器，并建立检查制度"
        sheet.write_row(row, 0, [row, f"清河县第{row % 60 + 1}小学", "消防安全", text, measure, "总务处"])
        sheet.write_row(row, 6, [PEOPLE[row % 4], "", "正在推进", "0000-0000000", "何俊杰", "无"])
        sheet.write_datetime(row, 7, date(2027, 1, 1) + timedelta(days=row % 300), day)
    book.close()
    return path
