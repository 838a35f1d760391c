"""Made-up facts with every field a paper has: templates are tried with them, and read off them what they may ask."""

from __future__ import annotations

from typing import Any

from app.papers.kinds import KINDS

LOTS = 40  # times every list of a trial
MEASURE = {"n": 1, "text": "拆除并重砌围墙。", "owner": "张某", "due": "2026年3月5日", "result": "已重砌。",
           "finished": "2026年3月1日", "state": "已完成", "budget": "2.5"}  # fmt: skip
PIECE = {"n": 1, "name": "东侧围墙", "kind": "整改后照片", "day": "2026年3月1日", "mark": "0a1b2c3d",
         "finding": "2026-ZX-0001-01"}  # fmt: skip
FINDING: dict[str, Any] = {
    "n": 1, "ordinal": "一", "number": "2026-ZX-0001-01", "title": "围墙开裂", "about": "地点：东侧。",
    "head": "围墙开裂", "body": "编号：2026-ZX-0001-01。地点：东侧。", "evidence_kinds": "整改后照片1件",
    "text": "围墙开裂，有倒塌危险。", "place": "东侧", "basis": "安-03", "category": "校舍", "weight": "一般",
    "track": "限期整改", "demand": "拆除重建。", "protection": "设置围挡。", "due": "2026年3月5日",
    "original_due": "2026年2月5日", "owner": "张某", "unit": "某小学", "state": "已销号", "found": "2026年1月5日",
    "measures": [MEASURE], "measures_text": "拆除并重砌围墙。", "result": "已重砌。", "evidence": [PIECE],
    "evidence_text": "整改后照片：东侧围墙", "finished": "2026年3月1日", "closed": "2026年3月4日", "late_days": 2,
    "is_open": True, "returns": 1,
}  # fmt: skip
VISIT = {"number": "2026-ZX-0001", "name": "专项督导", "kind": "专项督导", "day": "2026年1月5日", "place": "某学区",
         "team": "许某、何某", "issuer": "某县教育督导室", "is_own": False}  # fmt: skip
COUNT = {
    "name": "某小学",
    "all": 5,
    "closed": 2,
    "waiting": 1,
    "going": 2,
    "late": 1,
    "rate": "40.0%",
    "on_time": "50.0%",
}
LATE = {"n": 1, "unit": "某小学", "title": "围墙开裂", "number": "2026-ZX-0001-01", "due": "2026年3月5日", "days": 3}
ALWAYS = {"number": "某教督整〔2026〕3号", "day": "2026年3月5日", "issuer": "某县教育督导室", "unit": "某小学"}
OF_VISIT = {"visit": VISIT, "findings": [FINDING, FINDING], "count": 2, "evidence": [PIECE],
            "tally": {**COUNT, "done": 3}}  # fmt: skip
OF_FINDING = {"f": FINDING, "visit": VISIT, "matters": "围墙开裂。", "supporters": "某镇政府",
              "talk": {"minutes": "指出问题，提出要求。", "promise": "限期整改到位。"},
              "approvals": [{"who": "责任单位意见", "opinion": "同意。", "sign": "负责人："}]}  # fmt: skip
EXTENSION = {"count": 1, "reason": "待拨款。", "progress": "已勘测。", "protection": "围挡。", "proposed": "2026年4月5日",
             "granted": "2026年4月5日", "decision": "同意延期至2026年4月5日。"}  # fmt: skip
ORDER = {"matter": "围墙开裂。", "source": "专项督导", "supporters": "某镇政府", "issued": "2026年3月5日", "colour": "黄色",
         "until": "2026年3月10日", "answer": "正在办理。", "demand": "限期整改到位。"}  # fmt: skip
SURVEY = {"units": [COUNT], "total": COUNT, "flow": {"new": 1, "submitted": 1, "closed": 1}, "late": [LATE],
          "more_late": 1, "waited": False, "next": [LATE], "more_next": 1, "month": "2026年3月", "scope": "某县"}  # fmt: skip
BY_SUBJECT: dict[str, dict[str, Any]] = {
    "visit": OF_VISIT, "finding": OF_FINDING, "unit": SURVEY,
    "extension": {"f": FINDING, "visit": VISIT, "extension": EXTENSION},
}  # fmt: skip


def sample(kind: str) -> dict[str, Any]:
    """Facts for a trial of that kind."""
    known = KINDS[kind]
    said = {asked.name: "一\n二" for asked in known.asks}
    return {**ALWAYS, **BY_SUBJECT[known.about], "said": said, **({"order": ORDER} if kind == "order" else {})}


def many(kind: str) -> dict[str, Any]:
    """The same with as much as a large inspection finds: what only just went with two findings does not go with forty."""
    return {name: value * LOTS if isinstance(value, list) else value for name, value in sample(kind).items()}
