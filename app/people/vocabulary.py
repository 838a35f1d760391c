"""The words in which tables say kinds, posts, dates and yes or no."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from difflib import get_close_matches
from heapq import nlargest

UNIT_KINDS = {
    "bureau": "教育局 局 教体局 教育和体育局 bureau",
    "department": "科室 股室 部门 科 股 室 机关科室 department",
    "district": "学区 中心校 中心学校 镇 乡镇 片区 教育办 district",
    "school": "学校 小学 初中 中学 高中 完全中学 九年一贯制学校 幼儿园 教学点 职业学校 特殊教育学校 school",
    "other": "其他 other",
}
UNIT_ENDINGS = (
    ("school", ("小学", "中学", "学校", "幼儿园", "教学点", "高中", "初中", "校区", "学院")),
    ("district", ("学区", "中心校", "教育办", "片区")),
    ("bureau", ("局",)),
    ("department", ("科", "股", "室", "办", "中心")),
)
POSTS = {
    "head": "单位负责人 负责人 校长 园长 主要负责人 第一责任人 head",
    "member": "责任人 成员 教师 教职工 普通成员 member",
    "inspector": "督学 检查人 检查员 责任督学 下达人 inspector",
    "reviewer": "验收人 审核人 审核验收 验收 审核 初核人 reviewer",
    "leader": "分管领导 领导 局领导 leader",
}
TITLES = (
    ("head", ("校长", "园长")), ("leader", ("局长",)), ("inspector", ("督学",)),
)  # fmt: skip
YES, NO = {"有", "是", "yes", "y", "true", "1"}, {"无", "没有", "否", "no", "n", "false", "0"}
LIKELY = 40  # so many are held against a word sign by sign
DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?: .*)?")


def _meant(words: str, vocabulary: dict[str, str]) -> str:
    said = words.strip().lower()
    return next((kind for kind, known in vocabulary.items() if said in known.split()), "")


def unit_kind(said: str, name: str) -> str:
    """The kind of unit that was written, or that its name shows; empty when neither tells."""
    if said:
        return _meant(said, UNIT_KINDS)
    return next((kind for kind, endings in UNIT_ENDINGS if name.endswith(endings)), "")


def post_kind(said: str, title: str) -> str:
    """The post that was written, or that the title shows (a deputy head is a member); empty when unknown."""
    if said:
        return _meant(said, POSTS)
    if title.startswith("副") and not title.endswith("局长"):
        return "member"
    return next((kind for kind, endings in TITLES if title.endswith(endings)), "member")


def yes_or_no(said: str) -> bool | None:
    """Yes when nothing is said; None when it cannot be understood."""
    word = said.strip().lower()
    return True if not word or word in YES else False if word in NO else None


def day(said: str) -> date | None:
    """2026-09-01, 2026/9/1, 2026.9.1 or 2026年9月1日; None when it is no day."""
    found = DAY.fullmatch(said.strip())
    try:
        return date(*map(int, found.groups())) if found else None
    except ValueError:
        return None


def nearest(word: str, known: Iterable[str]) -> str:
    """The most similar known word, empty when none is similar; only those that share the most signs are compared."""
    signs = set(word)
    likely = nlargest(LIKELY, known, key=lambda one: 2 * len(signs.intersection(one)) - len(one))
    return next(iter(get_close_matches(word, likely, n=1, cutoff=0.5)), "")
