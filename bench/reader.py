"""What reading a ledger costs: ten thousand rows of twelve columns against the bare library, and the most memory."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from statistics import median

import xlsxwriter

from bench.measuring import Figure

ROWS, ROUNDS = 10_000, 5
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
APART = Path(__file__).parents[1] / "app" / "intake" / "apart.py"
# Each runs in a process of its own, as the reader does, so that neither pays for the other's memory.
BARE = """
import gc, sys, time
from python_calamine import CalamineWorkbook
gc.disable()
begun = time.process_time()
CalamineWorkbook.from_path(sys.argv[1]).get_sheet_by_index(0).to_python()
print(time.process_time() - begun)
"""
READER = """
import gc, runpy, sys, time
from pathlib import Path
runpy.run_path(sys.argv[2])["_bare_rooms"]("app", "app.intake")
from app.intake.readers.opening import open_and_read
gc.disable()
begun = time.process_time()
reading = open_and_read(Path(sys.argv[1]), "", None, {})
print(time.process_time() - begun)
assert len(reading.findings) == len(reading.measures) == int(sys.argv[3])
"""
PEAK = "\nprint([line.split()[1] for line in open('/proc/self/status') if line.startswith('VmHWM')][0])"


def figures() -> Iterator[Figure]:
    """The reading alone as a multiple of the bare library's, and the peak of the child's memory."""
    with tempfile.TemporaryDirectory() as folder:
        path = ledger(Path(folder) / "ledger.xlsx")
        rounds = [(_run(BARE, path)[0], _run(READER, path)[0]) for _round in range(ROUNDS)]
        yield Figure("intake_read_10000_rows", median(ours / bare for bare, ours in rounds), "x bare", 3)
        yield Figure("intake_read_10000_rows_memory", _run(READER + PEAK, path)[1] / 1024, "MiB", 300)


def _run(code: str, path: Path) -> list[float]:
    command = [sys.executable, "-c", code, str(path), str(APART), str(ROWS)]
    return [float(line) for line in subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()]


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
