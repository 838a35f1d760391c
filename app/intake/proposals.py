"""The preview as it begins: what was read, as values of fields, with nothing decided that the list leaves open."""

from __future__ import annotations

import functools
from typing import Any

from app.intake.naming import Names
from app.intake.reading import ReadFinding, ReadMeasure

Values = dict[str, Any]
AT_ONCE = ("立行立改", "立即整改", "立查立改", "即知即改", "边查边改")
LASTING = ("长期坚持", "长期", "持续整改", "常抓不懈")
MAJOR, SERIOUS = ("重大", "特大"), ("较大", "较重", "严重")
CATEGORY = ("类别", "问题类别", "隐患类别", "分类", "问题类型", "隐患类型")
# Columns that have a place of their own in a finding: the field, how much it holds, how the columns are called.
COLUMNS = (
    ("demand", 2000, ("整改要求", "整改意见", "整改建议")),
    ("basis", 200, ("依据", "检查依据", "法律依据")),
    ("place", 120, ("地点", "位置", "部位", "具体位置", "隐患位置", "检查点位")),
)
WAYS = ("整改方式", "整改类型", "整改类别")
LEVELS = ("隐患等级", "隐患级别", "问题等级", "等级", "级别", "风险等级", "严重程度")


def row_values(found: ReadFinding, names: Names, unit: str) -> Values:
    """The fields of a problem; `unit` stands where the list names none."""
    known = names.find(found.unit)
    return {
        "take": True, "text": found.text, "unit": known.name if known else found.unit or unit,
        "owner": found.owner or "", "deadline_on": _iso(found), "category": category_of(found)[:40],
        "weight": weight_of(found), "track": track_of(found), "protection": "", "meaning": "",
    }  # fmt: skip


def _iso(found: ReadFinding) -> str:
    return found.deadline.isoformat() if found.deadline and found.deadline_meaning == "planned" else ""


def track_of(found: ReadFinding) -> str:
    """The track where a column gives it, or the deadline is written as one."""
    return _track(_first(found.extra, WAYS) or found.deadline_raw)


@functools.lru_cache(maxsize=1024)
def _track(said: str) -> str:
    if any(word in said for word in AT_ONCE):
        return "immediate"
    return "long_term" if any(word in said for word in LASTING) else "deadline"


def weight_of(found: ReadFinding) -> str:
    """The weight where a column of the list gives it, or the remark of a ledger we wrote."""
    return _weight(_first(found.extra, LEVELS), found.extra.get("备注", ""))


@functools.lru_cache(maxsize=1024)
def _weight(level: str, remark: str) -> str:
    said = level or "".join(set(remark.split("；")) & {"较大问题", "较重问题", "重大问题"})
    if any(word in said for word in MAJOR):
        return "major"
    return "serious" if any(word in said for word in SERIOUS) else "ordinary"


def category_of(found: ReadFinding) -> str:
    """The category as the list's own columns say it."""
    return found.category or _first(found.extra, CATEGORY)


def measure_values(read: ReadMeasure) -> Values:
    """The fields of a measure; only what the text says for certain is linked."""
    due = read.due
    return {
        "text": read.text, "owner": read.owner or "", "meaning": "", "also": "",
        "due_on": due.on.isoformat() if due and due.on and due.meaning == "planned" else "",
        "answers": [link.finding for link in read.links if link.certain],
    }  # fmt: skip


def placed(found: ReadFinding) -> dict[str, str]:
    """What the list's own columns say of the finding, where there is a field for it."""
    said = {field: _first(found.extra, names)[:limit] for field, limit, names in COLUMNS}
    return {field: text for field, text in said.items() if text}


def _first(extra: dict[str, str], names: tuple[str, ...]) -> str:
    if extra.keys().isdisjoint(names):
        return ""
    return next((extra[name].strip() for name in names if extra.get(name)), "")
