"""Which finding a measure may answer: certain only where the text says it, else suggested by shared words."""

from __future__ import annotations

import functools
from collections import defaultdict
from dataclasses import dataclass, replace

from app.intake.readers.lines import fold
from app.intake.readers.pairs import number_of, numbers_named
from app.intake.readers.rules import rule
from app.intake.reading import Link, ReadFinding, ReadMeasure
from workflows.grammar import say

_SAME = (
    ("均衡发展",),
    ("电脑", "计算机", "微机", "机房"),
    ("上网", "互联网", "网络", "联网", "宽带"),
    ("围墙", "校墙", "危墙", "院墙", "墙体"),
    ("灭火器", "消防器材", "消火栓", "消防栓"),
    ("操场", "运动场", "跑道"),
    ("食堂", "厨房", "餐厅", "后厨"),
    ("档案", "归档", "装档", "建档"),
    ("图书室", "阅览室", "图书馆"),
    ("厕所", "卫生间"),
    ("监控", "摄像头"),
    ("门卫", "保安", "安保"),
    ("电线", "线路", "用电", "插座", "插线板"),
    ("留样", "样品"),
    ("宿舍", "寝室", "公寓"),
)
_REPORTS_SAY = """
    学校 工作 整改 加强 问题 管理 进行 存在 我校 要求 教师 学生 人员 制度 完善 情况 落实 领导 不到 到位 没有 进一 一步
    负责 责任 建立 部分 相关 时间 措施 方案 安全 隐患 全隐 校园 教育 建设 检查 组织 开展 规范 及时 不足 使用 的问 不能
    全体 学习 条件 方面 针对 解决 校的 符合 不符 保障 个别
"""
_COMMON = frozenset(_REPORTS_SAY.split())
_WORD = rule(r"[\u4e00-\u9fff]{2,}")
_GLUE = "的了和与在是对不有为及等"
_SLOGAN = rule(r"(?:义务教育)?(?:优质|基本)?均衡发展|义务教育")
_CROWD = 40


@dataclass(frozen=True)
class Words:
    """The two-character words of a text, where they stand in it, and the things it names under any name."""

    pairs: dict[str, int]
    things: frozenset[str]


@functools.lru_cache(maxsize=512)
def words_of(text: str) -> Words:
    """Bigrams without the words that stand in every report, and names of things folded to one name."""
    plain = fold(text[:3000])
    bare = _SLOGAN.sub("。", plain)
    pairs: dict[str, int] = {}
    for run in _WORD.finditer(bare):
        for at in range(run.start(), run.end() - 1):
            pair = bare[at : at + 2]
            if pair not in _COMMON and pair[0] not in _GLUE and pair[1] not in _GLUE:
                pairs.setdefault(pair, at)
    things = {names[0] for names in _SAME if any(name in plain for name in names)}
    return Words(pairs, frozenset(things))


class Index:
    """Findings by their words, so that suggesting stays linear however many there are."""

    def __init__(self, findings: list[ReadFinding]) -> None:
        self.where: dict[str, list[int]] = defaultdict(list)
        for place, found in enumerate(findings):
            words = words_of(found.text)
            for word in (*words.pairs, *(f"={thing}" for thing in words.things)):
                self.where[word].append(place)
        self.numbers: dict[int, list[int]] = defaultdict(list)
        for place, found in enumerate(findings):
            self.numbers[number_of(found.number)].append(place)

    def shared(self, measure: ReadMeasure) -> dict[int, dict[str, int]]:
        """For each finding that shares words with a measure: those words and how much each tells."""
        words = words_of(measure.text)
        shared: dict[int, dict[str, int]] = defaultdict(dict)
        reached: dict[int, tuple[str, int]] = {}
        for pair, at in sorted(words.pairs.items(), key=lambda item: item[1]):
            for place in self._places(pair):
                word, end = reached.get(place, ("", -9))
                longer = word + pair[1] if at == end else pair
                weight = shared[place].pop(word, 0) if at == end else 0
                shared[place][longer] = max(weight, 12 // len(self.where[pair])) + (2 if at == end else 0)
                reached[place] = (longer, at + 1)
        for thing in sorted(words.things):
            for place in self._places(f"={thing}"):
                shared[place][thing] = shared[place].get(thing, 0) + 24 // len(self.where[f"={thing}"])
        return shared

    def _places(self, word: str) -> list[int]:
        places = self.where.get(word, [])
        return places if len(places) <= _CROWD else []


def _named(measure: ReadMeasure, index: Index) -> tuple[Link, ...]:
    numbers = dict.fromkeys(numbers_named(fold(measure.text[:1000])))
    places = [index.numbers[number] for number in numbers if number and number in index.numbers]
    return tuple(
        Link(found[0], True, say("The text names problem %(number)s.", number=number))
        for number, found in zip(numbers, places, strict=False)
        if len(found) == 1 and len(places) == len(numbers)
    )


def _alike(measure: ReadMeasure, index: Index) -> tuple[Link, ...]:
    shared = index.shared(measure)
    points = {place: sum(words.values()) for place, words in shared.items()}
    best = max(points.values(), default=0)
    chosen = [place for place, score in points.items() if score >= 14 and score * 3 >= best]
    return tuple(
        Link(place, False, say("Both speak of %(words)s.", words="、".join(_telling(shared[place]))))
        for place in sorted(chosen, key=lambda place: (-points[place], place))[:5]
    )


def _telling(words: dict[str, int]) -> list[str]:
    """The words that tell most, first."""
    return sorted(words, key=lambda word: (-words[word], word))[:4]


def suggest(findings: list[ReadFinding], measures: list[ReadMeasure]) -> list[ReadMeasure]:
    """Measures with the links their words give them; links that the text itself made are left alone."""
    index = Index(findings)
    return [
        measure if measure.links else replace(measure, links=_named(measure, index) or _alike(measure, index))
        for measure in measures
    ]
