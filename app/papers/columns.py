"""The columns of the ledger as offices keep it, in groups, and what stands in each; all of it is text."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from app.papers.facts import PIECES, STATES, TRACKS, WEIGHTS
from app.papers.kept import beside
from app.papers.phrases import clean, counted, listed
from app.papers.queries_ledger import Full

LONGEST = 32_000  # Excel takes no more than 32,767 signs in a cell
CUT = "……（全文见系统）"
VERDICTS = {"passed_on": "通过初核", "accepted": "同意销号", "sent_back": "退回", "on_the_spot": "当场销号"}


@dataclass(frozen=True)
class Column:
    """One column: the group it stands in, its heading, its width in characters, and its text."""

    group: str
    heading: str
    width: float
    text: Callable[[Full], str]


def day(on: date | None) -> str:
    """2026-03-05; nothing for no day."""
    return on.isoformat() if on else ""


def _deadline(full: Full) -> str:
    row = full.row
    raw = clean(row.deadline_raw)
    return day(row.due_on or row.deadline_on) or raw or ("长期坚持" if row.track == "long_term" else "")


def _owner(full: Full) -> str:
    """Who owns it; before the unit names somebody, whom the list it came from names."""
    return full.row.owner or str((full.row.extra or {}).get("owner", ""))


def _measures(full: Full) -> str:
    """What will be done; before the unit sets measures, what the list says for certain or the inspector confirmed."""
    proposed = (full.row.extra or {}).get("suggested_measures", ())
    said = [one.text for one in full.measures] or [one["text"] for one in proposed if one.get("confirmed")]
    return listed(said)


def _evidence(full: Full) -> str:
    named = (f"{PIECES[piece.kind]}：{clean(piece.caption) or clean(piece.name)}" for piece in full.pieces)
    return listed(counted(named))


def _verdict(full: Full) -> str:
    one = full.verdict
    return f"{VERDICTS[one.verdict]}（{one.name}）{clean(one.remark)}" if one else ""


def _remark(full: Full) -> str:
    row = full.row
    moved = full.original and full.original != row.due_on
    said = (f"原定时限{day(full.original)}" if moved else "", f"退回{row.returns}次" if row.returns else "",
            f"{WEIGHTS[row.weight]}问题" if row.weight != "ordinary" else "")  # fmt: skip
    return "；".join(part for part in said if part)


COLUMNS = (
    Column("问题情况", "问题编号", 9, lambda full: full.row.number),
    Column("问题情况", "问题来源", 8.5, lambda full: full.row.purpose),
    Column("问题情况", "检查时间", 8, lambda full: day(full.row.starts_on)),
    Column("问题情况", "问题类别", 5.5, lambda full: full.row.category),
    Column("问题情况", "存在问题", 18.5, lambda full: full.row.text),
    Column("问题情况", "地点", 6.5, lambda full: full.row.place),
    Column("问题情况", "依据", 6, lambda full: full.row.basis or full.row.clause),
    Column("整改责任", "责任单位", 8.5, lambda full: full.row.unit or ""),
    Column("整改责任", "责任人", 7, _owner),
    Column("整改责任", "整改要求", 12, lambda full: full.row.demand),
    Column("整改责任", "整改时限", 8, _deadline),
    Column("整改责任", "整改方式", 5.5, lambda full: TRACKS[full.row.track]),
    Column("整改情况", "整改措施", 16.5, _measures),
    Column("整改情况", "整改情况", 12.5, lambda full: listed(one.result for one in full.measures)),
    Column("整改情况", "整改完成时间", 8, lambda full: day(max(
        (one.finished_on for one in full.measures if one.finished_on), default=None))),
    Column("整改情况", "佐证材料", 11, _evidence),
    Column("验收销号", "当前状态", 6.5, lambda full: STATES[full.row.state]),
    Column("验收销号", "验收意见", 10, _verdict),
    Column("验收销号", "备注", 7, _remark),
)  # fmt: skip
HEADINGS = ("序号", *(column.heading for column in COLUMNS))


def cells(full: Full, number: int, more: Sequence[str] = ()) -> list[str]:
    """One row of the ledger, with what stands under the headings behind ours."""
    own = {column.heading: column.text(full) for column in COLUMNS}
    behind = beside(full.row, own, more)
    return [str(number), *map(fitted, own.values()), *map(fitted, behind)]


def fitted(text: str) -> str:
    """Text that fits a cell and holds no sign that a workbook cannot."""
    text = clean(text)
    return text if len(text) <= LONGEST else text[:LONGEST] + CUT


def lines(text: str, width: float) -> int:
    """How many lines that text takes in a column of that width: Chinese signs are twice as wide as others."""
    room = max(int(width - 1), 1)
    return sum(max(1, -(-sum(1 if sign.isascii() else 2 for sign in line) // room)) for line in text.split("\n"))
