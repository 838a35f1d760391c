"""How the cells of our workbooks look: fonts, borders, how high a line and a row may be."""

from __future__ import annotations

from typing import Any

LINE_HIGH, MOST_HIGH = 13.5, 400.0  # points; Excel takes no row higher than 409
LINE = {"border": 1, "valign": "vcenter", "text_wrap": True, "num_format": "@", "font_name": "宋体", "font_size": 10}
LOOKS: dict[str, dict[str, Any]] = {
    "title": {"font_name": "方正小标宋简体", "font_size": 20, "align": "center", "valign": "vcenter"},
    "line": {"font_name": "仿宋_GB2312", "font_size": 12, "valign": "vcenter", "num_format": "@"},
    "head": {**LINE, "font_name": "黑体", "font_size": 10.5, "align": "center"},
    "text": LINE, "middle": {**LINE, "align": "center"}, "photos": {**LINE, "valign": "bottom", "font_size": 8},
}  # fmt: skip
