"""Tables pasted from a spreadsheet: columns parted by tabs or bars, a header row with any of many words."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass, field

from app.intake.readers.blocks import KIND_OF
from app.intake.readers.lines import Line

_ALSO = {
    "problem": """
        问题清单 检查发现问题 检查发现的问题 发现的问题 存在的问题和隐患 存在问题及隐患 问题及隐患 问题隐患内容 隐患名称
        需整改的隐患 存在的重大火灾隐患 主要问题表现
        存在的主要问题及不足 问题详情 具体意见 不足 事项 问题事项 反馈的问题
        督导意见""",
    "result": "检查结果 检查情况 自查情况 督查情况 学校自查情况记录 检查记录 情况记录",
    "measure": """
        整改措施及要求 整改措施和实际成效 学校整改措施 拟整改措施 采取的整改措施 具体措施 具体整改措施 控制措施
        整改具体措施 整改情况及措施 整改描述 解决办法""",
    "demand": "建议",
    "planned": """
        整改时限要求 计划整改时间 要求整改时间 截止日期 截止时间 整改截止时间 计划完成日期 整改期限要求""",
    "done": "实际整改时间 整改确认日期 完成日期",
    "unknown": "时间 整改日期",
    "owner": "责任人姓名 整改负责人 责任人(签字) 责任教师 责任人员 直接责任人 姓名",
    "leader": "校级责任领导 领导",
    "unit": "责任单位(部门) 单位 部门 责任处室 整改部门 归口部门",
    "site": "学校 被检查学校 检查学校 学校(幼儿园) 受检学校 园所 检查对象",
    "number": "序号 编号 序 问题编号 隐患编号 NO no No",
}
_COLUMN = {**KIND_OF, **{word: kind for kind, words in _ALSO.items() for word in words.split()}}
_PARTS = {"单位", "领导", "人", "部门", "科室", "时限", "姓名", "电话", "措施", "情况"}


@dataclass
class Table:
    """Where a table stands and what its columns are: `columns` holds (kind, name) by position."""

    start: int
    columns: list[tuple[str, str]]
    rows: list[list[Line]] = field(default_factory=list)
    end: int = 0


@functools.lru_cache(maxsize=2048)
def column_of(plain: str) -> tuple[str, str]:
    """The kind of a header cell and its name; unknown columns are kept under their own name."""
    name = re.sub(r"\s", "", plain).strip("*:")
    bare = re.sub(r"\([^()]*\)", "", name)
    return _COLUMN.get(name) or _COLUMN.get(bare) or "other", name


def cells_of(line: Line) -> list[Line]:
    """The cells of one line, parted by tabs, else by bars, else by commas-free wide gaps."""
    mark = "\t" if "\t" in line.plain else "|"
    if mark not in line.plain:
        return []
    whole, at, cells = line, 0, []
    start = 1 if mark == "|" and line.plain.lstrip().startswith("|") else 0
    at = line.plain.index("|") + 1 if start else 0
    for part in whole.plain[at:].split(mark):
        cells.append(whole.cut(at, at + len(part)))
        at += len(part) + 1
    if mark == "|" and cells and not cells[-1].plain:
        cells.pop()
    return [_unquoted(cell) for cell in cells]


def _unquoted(cell: Line) -> Line:
    if len(cell.plain) >= 2 and cell.raw[0] == cell.raw[-1] == '"':
        return cell.cut(1, -1)
    return cell


def is_header(cells: list[Line]) -> bool:
    """At least two known names and a place for problems (or for what a check found)."""
    if not 2 <= len(cells) <= 60 or cells[0].plain[:1].isdigit() or any(len(cell.plain) > 30 for cell in cells):
        return False
    kinds = [column_of(cell.plain)[0] for cell in cells if cell.plain]
    known = [kind for kind in kinds if kind != "other"]
    return len(known) >= 2 and ("problem" in kinds or "result" in kinds)


def joined_lines(lines: list[Line]) -> list[Line]:
    """A quoted cell that holds line breaks becomes one line again (at most 30 lines, else it was no quote)."""
    out, at = [], 0
    while at < len(lines):
        size = _quoted_size(lines, at)
        part = lines[at : at + size]
        text, near = "\n".join(one.raw for one in part), "\n".join(one.plain for one in part)
        out.append(lines[at] if size == 1 else Line(lines[at].number, text, near))
        at += size
    return out


def _quoted_size(lines: list[Line], at: int) -> int:
    raw = lines[at].raw
    if not re.search(r'(?:^|\t)"[^"\t]*$', raw):
        return 1
    for size in range(2, min(30, len(lines) - at) + 1):
        if re.match(r'[^"\t]*"(?:\t|\s*$)', lines[at + size - 1].raw):
            return size + (_quoted_size(lines, at + size - 1) - 1 if "\t" in lines[at + size - 1].raw else 0)
    return 1


def _second_header(columns: list[tuple[str, str]], cells: list[Line]) -> list[tuple[str, str]] | None:
    words = [re.sub(r"\s", "", cell.plain) for cell in cells]
    if not any(words) or any(word and word not in _PARTS for word in words):
        return None
    joined, above = [], ""
    for place in range(max(len(columns), len(words))):
        kind, name = columns[place] if place < len(columns) else ("other", "")
        above = name or above
        word = words[place] if place < len(words) else ""
        joined.append(column_of(above.removesuffix(word) + word) if word else (kind, name))
    return joined


def tables_in(lines: list[Line]) -> list[Table]:
    """Every table of the text, with its rows; a line without cells ends it."""
    tables: list[Table] = []
    open_table: Table | None = None
    for place, line in enumerate(lines):
        cells = cells_of(line)
        if cells and is_header(cells):
            open_table = Table(place, [column_of(cell.plain) for cell in cells], end=place + 1)
            tables.append(open_table)
        elif open_table and cells:
            _add_row(open_table, cells, place)
        elif line.plain.strip():
            open_table = None
    return tables


def _add_row(table: Table, cells: list[Line], place: int) -> None:
    below = _second_header(table.columns, cells) if not table.rows and place == table.start + 1 else None
    table.end = place + 1
    if below:
        table.columns = below
    elif any(cell.plain.strip("-: ") for cell in cells):
        table.rows.append(cells)
