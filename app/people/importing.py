"""What a table of units or people says: columns found by their usual headings, rows as they stand."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from typing import Any

from flask_babel import lazy_gettext as _l

from app.people.workbooks import Cells, Unreadable, sheets_of

HEADINGS: dict[str, dict[str, str]] = {
    "units": {
        "name": "单位 单位名称 学校名称 学校 名称 机构名称 unit name",
        "parent": "上级单位 上级 主管单位 所属学区 所属单位 上级单位名称 parent",
        "kind": "单位类别 类别 类型 单位类型 kind",
        "code": "编码 单位编码 学校标识码 标识码 代码 学校代码 code",
        "aliases": "简称 别名 曾用名 aliases",
        "account": "有无账号 是否有账号 账号 account",
    },
    "people": {
        "name": "姓名 人员姓名 fullname",
        "login": "登录名 账号 用户名 登录账号 login",
        "phone": "手机 手机号 手机号码 电话 联系电话 phone",
        "email": "邮箱 电子邮箱 email",
        "unit": "单位 单位名称 所在单位 学校 学校名称 工作单位 unit",
        "title": "职务 职务名称 职位 title",
        "role": "角色 岗位 身份 role",
        "since": "任职日期 到任日期 任职时间 起始日期 since",
    },
}
SYNONYMS = {
    kind: {word: column for column, words in columns.items() for word in words.split()}
    for kind, columns in HEADINGS.items()
}
NOTES = re.compile(r"[(（\[【].*?[)）\]】]|[*＊:：\s]")
WITHIN = 10  # rows in which the headings must appear


@dataclass(frozen=True)
class Row:
    """One line of the table: where it stands and what it says, by column."""

    sheet: str
    number: int
    said: dict[str, str]

    def get(self, column: str) -> str:
        """What stands in that column, empty when nothing does."""
        return self.said.get(column, "")


@dataclass
class Table:
    """What was read: rows of units and of people, and headings nobody understood."""

    units: list[Row] = field(default_factory=list)
    people: list[Row] = field(default_factory=list)
    ignored: list[str] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        return not self.units and not self.people


def read(content: bytes) -> Table:
    """The table in a workbook; Unreadable says why there is none."""
    table = Table()
    for name, cells in sheets_of(content).items():
        _read_sheet(table, name, cells)
    if table.is_empty:
        raise Unreadable(_l("No sheet has a row of headings with 姓名 (people) or 单位名称 (units) and rows below it. "
                            "Download the template and copy your rows into it."))  # fmt: skip
    return table


def _read_sheet(table: Table, name: str, cells: Cells) -> None:
    for at, row in enumerate(cells[:WITHIN]):
        kind, columns = _headings(row)
        if not kind:
            continue
        unknown = [cell for cell in row if cell and cell not in {row[place] for place in columns}]
        table.ignored += [f"{name}: {heading}" for heading in unknown]
        rows = getattr(table, kind)
        rows += [read for read in _lines(name, cells, at + 1, columns) if any(read.said.values())]
        return


def _lines(sheet: str, cells: Cells, start: int, columns: dict[int, str]) -> list[Row]:
    return [
        Row(sheet, number, {column: row[place] for place, column in columns.items() if place < len(row) and row[place]})
        for number, row in enumerate(cells[start:], start=start + 1)
    ]


def _headings(row: list[str]) -> tuple[str, dict[int, str]]:
    """Whether a row heads people or units, and which column stands where; the first of two alike counts."""
    kind = "people" if "name" in _columns(row, "people").values() else "units"
    columns = _columns(row, kind)
    return (kind, columns) if "name" in columns.values() and len(columns) > 1 else ("", {})


def _columns(row: list[str], kind: str) -> dict[int, str]:
    found: dict[int, str] = {}
    for place, heading in enumerate(row):
        column = SYNONYMS[kind].get(plain(heading))
        if column and column not in found.values():
            found[place] = column
    return found


def plain(heading: Any) -> str:
    """A heading without notes in brackets, stars, blanks and case."""
    return NOTES.sub("", unicodedata.normalize("NFKC", str(heading))).lower()
