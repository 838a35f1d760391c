"""What a paper says of findings, in words ready to be set: plain text, no records behind it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import Any

from app.evidence.models import Evidence
from app.findings.models import Finding
from app.inspections.models import Inspection
from app.measures.models import Measure
from app.papers.phrases import brief, clean, counted, day, days, ended, listed, ordinal, rate
from app.tasks.models import Task
from app.units.models import Unit

VISITS = {
    "special": "专项督导", "routine": "经常性督导", "comprehensive": "综合督导", "random": "随机督导",
    "safety": "安全隐患排查", "term": "开学检查", "look_back": "回头看", "self_check": "自查自纠",
    "outside": "外部检查",
}  # fmt: skip
TRACKS = {"immediate": "立行立改", "deadline": "限期整改", "long_term": "长期整改"}
WEIGHTS = {"ordinary": "一般", "serious": "较大", "major": "重大"}
STATES = {
    "draft": "待下达", "issued": "待签收", "contested": "申辩中", "planning": "待定措施", "plan_review": "措施待审",
    "rectifying": "整改中", "verifying": "已整改，待验收", "closed": "已销号", "withdrawn": "已撤销",
}  # fmt: skip
PIECES = {"before": "整改前照片", "after": "整改后照片", "paper": "佐证材料", "scan": "签字扫描件"}
METHODS = {"papers": "查阅材料", "on_site": "现场查看"}
NAMED = 12  # pieces of evidence that a form names one by one
NO_MEASURE, NO_RESULT, NOBODY = "（尚未制定整改措施）", "（尚未整改完成）", "（未确定）"


def of_visit(visit: Inspection) -> dict[str, Any]:
    """The inspection: what it was, when, where, by whom."""
    return {
        "number": visit.task.number, "name": clean(visit.purpose) or VISITS[visit.kind], "kind": VISITS[visit.kind],
        "day": days(visit.starts_on, visit.ends_on), "place": clean(visit.place),
        "team": "、".join(member.person.name for member in visit.team) or _recorded_by(visit),
        "issuer": full_name(visit.task.issuer_unit), "is_own": visit.is_self_check,
    }  # fmt: skip


def _recorded_by(visit: Inspection) -> str:
    return "、".join(dict.fromkeys(p.person.name for p in visit.task.parties if p.person and p.until is None))


def of_findings(findings: Sequence[Finding], today: date) -> list[dict[str, Any]]:
    """Each finding with its measures, result and evidence, numbered in the paper's own order."""
    return [of_finding(finding, number, today) for number, finding in enumerate(findings, start=1)]


def of_finding(finding: Finding, number: int, today: date) -> dict[str, Any]:
    """One finding as a paper tells it."""
    task, measures = finding.task, finding.live_measures
    pieces = [piece for t in (task, *(m.task for m in measures)) for piece in t.live_evidence]
    late = (today - task.due_on).days if task.due_on and task.open and not task.submitted_at else 0
    return {
        "n": number, "ordinal": ordinal(number), "number": task.number, "title": headed(task.title),
        "about": about(finding), "head": brief(finding.text or task.title), "body": body(finding),
        "text": ended(finding.text), "place": clean(finding.place), "basis": clean(finding.basis or task.clause),
        "category": clean(task.category), "weight": WEIGHTS[task.weight], "track": TRACKS[task.track],
        "demand": ended(finding.demand), "protection": ended(finding.protection), "due": _due(finding),
        "original_due": day(task.original_due_on), "owner": task.owner.name if task.owner else NOBODY,
        "unit": task.unit.name if task.unit else "", "state": _state(task), "found": day(task.found_on),
        "measures": [of_measure(one, n) for n, one in enumerate(measures, start=1)],
        "measures_text": listed((ended(m.text) for m in measures), NO_MEASURE),
        "result": listed((ended(m.result) for m in measures if m.result), NO_RESULT),
        "evidence": [of_piece(piece, n) for n, piece in enumerate(pieces, start=1)],
        "evidence_text": listed(_first(counted(named(piece) for piece in pieces)), "（无）"),
        "evidence_kinds": "、".join(f"{PIECES[kind]}{n}件" for kind, n in Counter(p.kind for p in pieces).items()),
        "finished": day(max((m.finished_on for m in measures if m.finished_on), default=None)),
        "closed": day(task.closed_at) if task.state == "closed" else "", "late_days": max(late, 0),
        "is_open": task.open and task.state != "verifying", "returns": task.returns,
    }  # fmt: skip


def headed(title: str) -> str:
    """A title without its full stop, as headings are set."""
    return clean(title).rstrip("。；;.，,")


def about(finding: Finding) -> str:
    """What the heading does not say: the whole text where it says more, the place, and what it offends."""
    text = ended(finding.text)
    basis = clean(finding.basis or finding.task.clause)
    parts = (
        f"存在问题：{text}" if headed(text) != headed(finding.task.title) else "",
        f"地点：{clean(finding.place)}。" if finding.place else "", f"依据：{basis}。" if basis else "",
    )  # fmt: skip
    return "".join(parts)


def body(finding: Finding) -> str:
    """What stands below a brief heading: number, what it offends, place, and the whole text where it says more."""
    text, basis = ended(finding.text), clean(finding.basis or finding.task.clause)
    parts = (
        f"编号：{finding.task.number}。", f"依据：{basis}。" if basis else "",
        f"地点：{clean(finding.place)}。" if finding.place else "",
        f"存在问题：{text}" if headed(text) != brief(finding.text or finding.task.title) else "",
    )  # fmt: skip
    return "".join(parts)


def _first(told: list[str]) -> list[str]:
    """As many as a form has room for, and how many more there are."""
    more = len(told) - NAMED
    return [*told[:NAMED], f"另有{more}件，见佐证材料包"] if more > 0 else told


def full_name(unit: Unit) -> str:
    """A department with the name of its bureau, unless its own name says whose it is."""
    above = unit.parent if unit.kind == "department" else None
    return unit.name if above is None or unit.name[:2] == above.name[:2] else f"{above.name}{unit.name}"


def _state(task: Task) -> str:
    again = task.returns and task.state in ("rectifying", "planning")
    return f"退回重改（第{task.returns}次）" if again else STATES[task.state]


def _due(finding: Finding) -> str:
    on = finding.task.due_on or finding.deadline_on
    raw = clean(finding.deadline_raw)
    return day(on) if on else raw or ("长期坚持" if finding.task.track == "long_term" else NOBODY)


def of_measure(measure: Measure, number: int) -> dict[str, Any]:
    """One measure, its owner and its dates."""
    task = measure.task
    return {
        "n": number, "text": ended(measure.text), "owner": task.owner.name if task.owner else NOBODY,
        "due": day(task.due_on), "result": ended(measure.result), "finished": day(measure.finished_on),
        "state": "已完成" if task.state == "done" else "进行中",
        "budget": f"{measure.budget:g}" if measure.budget else "",
    }  # fmt: skip


def of_piece(piece: Evidence, number: int) -> dict[str, Any]:
    """One piece of evidence: what it is, when it came, and the beginning of its fingerprint."""
    return {"n": number, "name": clean(piece.caption) or clean(piece.name), "kind": PIECES[piece.kind],
            "day": day(piece.uploaded_at), "mark": piece.sha256[:8]}  # fmt: skip


def named(piece: Evidence) -> str:
    """What the piece shows, or the name of its file."""
    return f"{PIECES[piece.kind]}：{clean(piece.caption) or clean(piece.name)}"


def approvals(finding: Finding) -> list[dict[str, str]]:
    """Who gives an opinion on closing it, in order: the unit itself, then each level with what it said."""
    task = finding.task
    said = [e for e in task.entries if e.step == "report_done"]
    own = {"who": "责任单位意见", "opinion": ended(said[-1].said.get("remark", "") if said else "") or "",
           "sign": "负责人（签字）：            （盖章）        年    月    日"}  # fmt: skip
    return [own, *(_approval(task, level, finding) for level in range(1, task.levels + 1))]


def _approval(task: Task, level: int, finding: Finding) -> dict[str, str]:
    party = next((p for p in task.parties if p.role == "verifier" and p.level == level and p.until is None), None)
    who = party.unit.name if party and party.unit else ""
    given = [v for v in finding.verifications if v.level == level and v.verdict in ("passed_on", "accepted")]
    last = given[-1] if given else None
    word = "审批意见" if level == task.levels else "初核意见"
    return {
        "who": f"{who}{word}", "opinion": f"{METHODS[last.method]}：{ended(last.remark)}" if last else "",
        "sign": f"验收人：{last.person.name}    {day(last.at)}" if last else
        "验收人（签字）：            （盖章）        年    月    日",
    }  # fmt: skip


def tally(findings: Sequence[Finding], today: date) -> dict[str, Any]:
    """How many of them stand where, in numbers ready to be set."""
    tasks = [finding.task for finding in findings]
    closed = sum(task.state == "closed" for task in tasks)
    waiting = sum(task.state == "verifying" for task in tasks)
    late = sum(bool(t.open and not t.submitted_at and t.due_on and t.due_on < today) for t in tasks)
    return {"all": len(tasks), "closed": closed, "waiting": waiting, "going": len(tasks) - closed - waiting,
            "late": late, "rate": rate(closed, len(tasks)), "done": closed + waiting}  # fmt: skip
