"""The sheet of rows that were set aside: row, what stood there, why, what to do; text cells only, never a formula."""

from __future__ import annotations

import io
from collections.abc import Iterable
from typing import Any

import xlsxwriter
from flask_babel import gettext as _

PLAIN = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
WIDTHS = (8, 14, 70, 45, 45)


def sheet(rows: Iterable[dict[str, Any]]) -> bytes:
    """The workbook as bytes."""
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, PLAIN) as book:
        page = book.add_worksheet(_("Set aside")[:31])
        head = book.add_format({"bold": True, "bottom": 1})
        wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        titles = (_("Row"), _("Sheet"), _("What stood there"), _("Reason"), _("What to do"))
        for column, (title, width) in enumerate(zip(titles, WIDTHS, strict=True)):
            page.set_column(column, column, width)
            page.write_string(0, column, title, head)
        for at, row in enumerate(rows, start=1):
            said = (str(row["row"] or ""), row["sheet"], row["raw"], row["why"], row["advice"])
            for column, text in enumerate(said):
                page.write_string(at, column, str(text)[:32_000], wrapped)
        page.freeze_panes(1, 0)
    return content.getvalue()
