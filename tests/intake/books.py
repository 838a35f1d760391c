"""Workbooks as an inspection leaves them behind, made for the tests."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

import xlsxwriter

from tests.evidence import pictures

HEAD = ("序号", "被检查单位", "问题类别", "存在问题", "整改措施", "责 任 人", "整改\n时限", "联系电话")
SCHOOLS = ("清河县第一小学", "柳溪小学", "北山中学")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def row(n: int, **said: Any) -> list[Any]:
    """One row of the usual ledger; `said` replaces its cells."""
    usual = {"number": n, "unit": SCHOOLS[n % 3], "category": "消防", "text": f"第{n}间教室的灭火器压力不足,未按月检查",
             "measure": f"更换第{n}间教室的灭火器", "owner": "", "due": f"2027-03-{n % 28 + 1:02d}",
             "phone": "13800000000"}  # fmt: skip
    return list((usual | said).values())


def book(rows: Sequence[Sequence[Any]], photos: dict[int, bytes] | None = None, head: Sequence[str] = HEAD,
         title: str = "清河县秋季开学检查问题整改台账") -> bytes:  # fmt: skip
    """A workbook with a title and a line of who filled it in above the header; `photos` lie in rows from 0."""
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as made:
        sheet = made.add_worksheet("问题清单")
        sheet.merge_range(0, 0, 0, len(head) - 1, title, made.add_format({"bold": True}))
        sheet.write_string(1, 0, "填报单位:教育督导室")
        for at, cells in enumerate([head, *rows], start=2):
            for column, cell in enumerate(cells):
                (sheet.write_number if isinstance(cell, int) else sheet.write_string)(at, column, cell)
        for at, photo in (photos or {}).items():
            sheet.insert_image(at + 3, len(head), "photo.jpg", {"image_data": io.BytesIO(photo)})
    return content.getvalue()


def usual(many: int = 20, **changed: Any) -> bytes:
    """The usual ledger."""
    return book([row(n) for n in range(1, many + 1)])


def photo() -> bytes:
    return pictures.jpeg()


def sent(content: bytes, name: str = "台账.xlsx", **more: str) -> dict[str, Any]:
    """What a browser sends when that file was chosen."""
    fields = {"raw": "", "unit": "", "ordinary": "30", "serious": "15", "major": "7"}
    return fields | more | {"file": (io.BytesIO(content), name)}


def send(browser: Any, url: str, content: bytes, name: str = "台账.xlsx", **more: str) -> Any:
    """The preview of a file that was chosen."""
    answer = browser.post(url, data=sent(content, name, **more), follow_redirects=True)
    assert answer.status_code == 200, answer.text[-3000:]
    return answer
