"""The preview as it begins: what was read, filled into fields, with nothing decided that the text leaves open."""

from __future__ import annotations

from typing import Any

from app.intake.naming import Names
from app.intake.reading import ReadFinding, Reading, ReadMeasure

AT_ONCE = ("立行立改", "立即整改", "立查立改", "即知即改", "边查边改")
LASTING = ("长期坚持", "长期", "持续整改", "常抓不懈")
# Columns that have a place of their own in a finding: the field, how much it holds, how the columns are called.
COLUMNS = (
    ("category", 40, ("类别", "问题类别", "隐患类别", "分类", "问题类型")),
    ("demand", 2000, ("整改要求", "整改意见", "整改建议")),
    ("basis", 200, ("依据", "检查依据", "法律依据")),
    ("place", 120, ("地点", "位置", "部位", "具体位置")),
)


def first_look(reading: Reading, names: Names, unit: str) -> dict[str, Any]:
    """Values for every field of the preview; `unit` stands where the list names none."""
    return {
        "rows": [_row(found, names, unit) for found in reading.findings],
        "measures": [_measure(read) for read in reading.measures],
    }


def _row(found: ReadFinding, names: Names, unit: str) -> dict[str, Any]:
    known = names.find(found.unit)
    return {
        "take": True, "text": found.text, "unit": known.name if known else found.unit or unit,
        "owner": found.owner or "", "deadline_on": found.deadline if found.deadline_meaning == "planned" else None,
        "weight": "ordinary", "track": track_of(found), "protection": "", "meaning": "",
    }  # fmt: skip


def track_of(found: ReadFinding) -> str:
    """The track where the deadline is written as one."""
    if any(word in found.deadline_raw for word in AT_ONCE):
        return "immediate"
    return "long_term" if any(word in found.deadline_raw for word in LASTING) else "deadline"


def _measure(read: ReadMeasure) -> dict[str, Any]:
    due = read.due
    return {
        "text": read.text, "owner": read.owner or "", "due_on": due.on if due and due.meaning == "planned" else None,
        "meaning": "", "answers": [link.finding for link in read.links if link.certain], "also": "",
    }  # fmt: skip


def placed(found: ReadFinding) -> dict[str, str]:
    """What the list's own columns say of the finding, where there is a field for it."""
    said = {field: _first(found.extra, names)[:limit] for field, limit, names in COLUMNS}
    return {field: text for field, text in said.items() if text}


def _first(extra: dict[str, str], names: tuple[str, ...]) -> str:
    return next((extra[name].strip() for name in names if name in extra), "")
