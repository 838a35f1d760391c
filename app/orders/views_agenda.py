"""The agenda of a joint meeting (联席会议): what is late across departments, by what it needs; made to be printed."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Any

from flask_babel import force_locale
from flask_login import current_user, login_required

from app.clock import now, today
from app.htmx import answer_json, page, wants_json
from app.orders import queries_agenda as queries
from app.orders.views import bp
from app.papers.phrases import brief, ordinal
from app.papers.phrases import day as spelled
from app.papers.rendering import render
from app.papers.shipped_surveys import agenda as template
from app.papers.views import sent
from app.words import told
from workflows.asks import BLOCKED_BY
from workflows.grammar import say
from workflows.roles import LABELS, Role

NEEDS = {
    "money": say("Needs money"), "superior": say("Needs a superior body"), "locality": say("Needs the locality"),
    "support": say("Needs another unit's support"), "none": say("In the unit's own hands"),
}  # fmt: skip


@bp.get("/agenda")
@login_required
def agenda() -> Any:
    """Everything late that she may see, grouped by what it needs from the meeting."""
    day = today()
    groups, more = _grouped(day)
    if wants_json():
        return answer_json(at=now().isoformat(), more=more,
                           groups=[{"needs": name, "label": told(NEEDS[name]), "matters": [_plain(r) for r in rows]}
                                   for name, rows in groups])  # fmt: skip
    return page("orders/agenda.html", groups=[(NEEDS[name], rows) for name, rows in groups], more=more, day=day,
                n=sum(len(rows) for _name, rows in groups))  # fmt: skip


@bp.get("/agenda.docx")
@login_required
def agenda_file() -> Any:
    """The same as a paper that the office can go on writing; it has no number."""
    day = today()
    with force_locale("zh_CN"):
        groups, more = _grouped(day)
        told_of = [{"ordinal": ordinal(at), "needs": told(NEEDS[name]), "count": len(rows),
                    "matters": [_written(n, line) for n, line in enumerate(rows, start=1)]}
                   for at, (name, rows) in enumerate(groups, start=1)]  # fmt: skip
    total = more + sum(len(rows) for _name, rows in groups)
    facts = {"day": spelled(day), "total": total, "groups": told_of, "more": more}
    return sent(render(_template(), facts), f"联席会议议题 {day:%Y-%m-%d}.docx", "docx")


@cache
def _template() -> bytes:
    return template()


def _written(n: int, line: dict[str, Any]) -> dict[str, Any]:
    row, none = line["row"], "—"
    under = "；已督办：" + "、".join(line["orders"]) if line["orders"] else ""
    blocked = f"（{line['blocked']}）" if line["blocked"] else ""
    return {"n": n, "title": brief(row.title), "number": row.number, "orders": under, "unit": row.unit,
            "due": spelled(row.due_on), "days": line["days"], "holder": (line["holder"] or none) + blocked,
            "supporting": "、".join(line["supporting"]) or none}  # fmt: skip


def _grouped(day: date) -> tuple[list[tuple[str, list[dict[str, Any]]]], int]:
    found = queries.late(current_user, day)
    rows, ids = found[: queries.MOST], [row.id for row in found[: queries.MOST]]
    more = queries.count(current_user, day) - len(rows) if len(found) > len(rows) else 0
    supporting, ordered = queries.supporting(ids), queries.ordered(current_user, ids)
    groups: dict[str, list[dict[str, Any]]] = {name: [] for name in NEEDS}
    for row in rows:
        needs = row.blocked_by or ("support" if row.id in supporting else "none")
        groups[needs].append(_line(row, day, supporting.get(row.id, []), ordered.get(row.id, [])))
    return [(name, lines) for name, lines in groups.items() if lines], more


def _line(row: Any, day: date, supporting: list[str], orders: list[str]) -> dict[str, Any]:
    who = row.holder or (told(LABELS[Role(row.role)]) if row.role else "")
    return {
        "row": row, "days": (day - row.due_on).days, "supporting": supporting, "orders": orders,
        "holder": " ".join(part for part in (row.held_in, who) if part),
        "blocked": told(dict(BLOCKED_BY.choices).get(row.blocked_by or "", "")) if row.blocked_by else "",
    }  # fmt: skip


def _plain(line: dict[str, Any]) -> dict[str, Any]:
    row = line["row"]
    return {
        "finding_id": row.finding_id, "number": row.number, "title": row.title, "unit": row.unit, "issuer": row.issuer,
        "due_on": row.due_on.isoformat(), "days_late": line["days"], "holder": line["holder"],
        "blocked_by": row.blocked_by, "supporting": line["supporting"], "orders": line["orders"],
    }  # fmt: skip
