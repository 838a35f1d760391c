"""The sheet of rows that were set aside: why, what to do, and the row in columns, so that it can be sent once mended.

Text cells only, never a formula.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from typing import Any

import xlsxwriter
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.intake.reading import Reading

PLAIN = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
# What stands before and behind the row itself. Sent anew, it is not kept with the finding.
BEFORE = ((_l("Row in the list"), "row", 8), (_l("Sheet in the list"), "sheet", 14),
          (_l("Why it was not taken in"), "why", 40), (_l("How to put it right"), "advice", 40))  # fmt: skip
BEHIND = (_l("The row as it stood"), "raw", 60)
# The columns as ledgers call them; the list's own further columns follow.
CELLS = {"序号": 6, "责任单位": 20, "责任人": 10, "存在问题": 40, "整改措施": 40, "整改时限": 14, "问题类别": 12,
         "问题等级": 10, "整改方式": 12}  # fmt: skip
WEIGHTS = {"serious": "较大", "major": "重大"}  # the usual ones need no word
TRACKS = {"immediate": "立行立改", "long_term": "长期整改"}
WIDE = 16


def forget_why(reading: Reading) -> None:
    """Where this sheet comes back mended, what we wrote beside the rows is no part of the findings."""
    ours = {_bare(heading) for heading, *_rest in (*BEFORE, BEHIND)}
    if not ours & {_bare(column.heading) for column in reading.columns}:
        return
    for found in reading.findings:
        found.extra = {name: text for name, text in found.extra.items() if _bare(name) not in ours}


def _bare(heading: Any) -> str:
    return "".join(str(heading).split())


def sheet(rows: Sequence[dict[str, Any]]) -> bytes:
    """The workbook as bytes."""
    content = io.BytesIO()
    own = [*CELLS, *dict.fromkeys(name for row in rows for name in row.get("cells", {}) if name not in CELLS)]
    with xlsxwriter.Workbook(content, PLAIN) as book:
        page = book.add_worksheet(_("Rows not taken in")[:31])
        looks = book.add_format({"text_wrap": True, "valign": "top", "num_format": "@", "border": 1})
        widths = [*(wide for *_names, wide in BEFORE), *(CELLS.get(name, WIDE) for name in own), BEHIND[2]]
        for column, wide in enumerate(widths):
            page.set_column(column, column, wide)
        head = [*(heading for heading, *_rest in BEFORE), *own, BEHIND[0]]
        _line(page, 0, head, book.add_format({"bold": True, "border": 1, "text_wrap": True, "valign": "vcenter"}))
        for at, row in enumerate(rows, start=1):
            _line(page, at, _said(row, own), looks)
        page.freeze_panes(1, 0)
    return content.getvalue()


def _said(row: dict[str, Any], own: Iterable[str]) -> list[str]:
    cells = row.get("cells", {})
    before = [row[name] or "" for _heading, name, _wide in BEFORE]
    return [*before, *(cells.get(name, "") for name in own), "" if cells else row["raw"]]


def _line(page: Any, at: int, texts: Iterable[Any], look: Any) -> None:
    for column, text in enumerate(texts):
        page.write_string(at, column, str(text)[:32_000], look)
