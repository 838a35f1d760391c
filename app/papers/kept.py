"""What a ledger says behind its own columns: those of the list that a finding was read from, lost on no way back.

A column of ours that is still empty takes what the list said there; where both speak, the list's words stand in one
column of their own, as does what was written otherwise than it was understood.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from app.findings.origins import columns_of
from app.papers.phrases import clean

MOST, PRINTED, LONGEST = 30, 6, 40  # columns behind ours, how many of them are printed, signs of a heading
GROUP, OTHERS, AS_WRITTEN = "原台账栏目", "其他栏目", "原台账原文"
# What a column of the list gave a finding may have been changed since; the finding is right.
IN_FIELDS = frozenset(
    {"问题编号", "问题类别", "存在问题", "地点", "依据", "责任单位", "整改要求", "整改时限", "整改方式"}
)
EMPTY_TAKE = frozenset({"责任人", "整改情况", "整改完成时间", "佐证材料", "验收意见", "备注"})
PHOTOS = ("整改前照片", "整改后照片")
COUNTED = re.compile(r"\d*|\d{4}-[A-Z]+-\d{4}-\d+")  # no number, one that only counts, or one that we gave


def bare(heading: str) -> str:
    """A heading without the blanks and line ends in it."""
    return "".join(heading.split())[:LONGEST]


def names(rows: Iterable[Any], ours: Sequence[str]) -> list[str]:
    """The headings behind ours, those of most findings first; what is too many stands together in one."""
    counted, written = Counter[str](), False
    for row in rows:
        said = [bare(name) for name, value in columns_of(row.extra or {}).items() if value.strip()]
        counted.update(name for name in said if name not in ours and name not in PHOTOS)
        written = written or any(name in ours and name not in IN_FIELDS for name in said) or bool(_spelled(row, ""))
    last = [name for name, there in ((AS_WRITTEN, written or counted[AS_WRITTEN]),
                                     (OTHERS, len(counted) > MOST or counted[OTHERS])) if there]  # fmt: skip
    return [*(name for name, _times in counted.most_common(MOST) if name not in (OTHERS, AS_WRITTEN)), *last]


def beside(row: Any, own: dict[str, str], asked: Sequence[str]) -> list[str]:
    """What stands under those headings; empty columns of ours in `own` are filled on the way."""
    told, written = dict[str, str](), list[str]()
    for name, value in columns_of(row.extra or {}).items():
        name, value = bare(name), clean(value)
        if name in own:
            written += _of_ours(name, value, own)
        elif name not in PHOTOS:
            told[name] = f"{told[name]}\n{value}" if name in told else value
    others = [f"{name}：{value}" for name, value in told.items() if value and name not in asked]
    told[OTHERS] = _lines(told.get(OTHERS, ""), others)
    told[AS_WRITTEN] = _lines(told.get(AS_WRITTEN, ""), [*_spelled(row, own.get("责任人", "")), *written])
    return [told.get(name, "") for name in asked]


def _of_ours(name: str, value: str, own: dict[str, str]) -> list[str]:
    """What the list said in a column that is ours, too."""
    if name in IN_FIELDS or not value or value == own[name]:
        return []
    if name == "备注":
        own[name] = "；".join(dict.fromkeys([*filter(None, own[name].split("；")), *value.split("；")]))
        return []
    if not own[name] and name in EMPTY_TAKE:
        own[name] = value
        return []
    return [f"{name}：{value}"]


def _spelled(row: Any, owner: str) -> list[str]:
    """A number, an owner or a date that the list wrote with more, or in other words, than the ledger does."""
    extra = row.extra or {}
    raw, on = clean(extra.get("owner_raw")), clean(row.deadline_raw)
    known = owner or clean(extra.get("owner"))
    number = clean(extra.get("number"))
    said = [] if COUNTED.fullmatch(number) else [f"编号：{number}"]
    said += [f"责任人：{raw}"] if raw and known and raw != known else []
    return said + ([f"整改时限：{on}"] if on and row.deadline_on and not _is_that_day(on, row.deadline_on) else [])


def _is_that_day(raw: str, on: date) -> bool:
    return [int(number) for number in re.findall(r"\d+", raw)][:3] == [on.year, on.month, on.day]


def _lines(before: str, more: Iterable[str]) -> str:
    return "\n".join(dict.fromkeys([*filter(None, before.split("\n")), *more]))
