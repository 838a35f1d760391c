"""Numbers that Word writes in front of paragraphs by itself and that stand nowhere in the text."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import Any

_CHINESE = {"chineseCounting", "chineseCountingThousand", "ideographTraditional", "japaneseCounting", "taiwaneseCounting",
            "taiwaneseCountingThousand", "ideographDigital", "japaneseDigitalTenThousand", "chineseLegalSimplified"}  # fmt: skip
_ONES = "零一二三四五六七八九"


def _local(element: Any) -> str:
    return str(element.tag).rsplit("}", 1)[-1]


def _attribute(element: Any, name: str = "val") -> str:
    if element is None:
        return ""
    return next((value for key, value in element.attrib.items() if key.rsplit("}", 1)[-1] == name), "")


def _child(element: Any, *path: str) -> Any:
    for name in path:
        element = next((one for one in element if _local(one) == name), None) if element is not None else None
    return element


def chinese(number: int) -> str:
    """十二, 二十, 三十一; as far as lists go."""
    tens, ones = divmod(number, 10)
    return (("" if tens == 1 else _ONES[tens % 10]) + "十" if tens else "") + (_ONES[ones] if ones else "")


def _spelled(kind: str, number: int) -> str:
    if kind in _CHINESE:
        return chinese(number)
    if kind.startswith("decimalEnclosedCircle") or kind == "ideographEnclosedCircle":
        return chr(0x245F + number) if number <= 20 else str(number)
    if kind in ("upperLetter", "lowerLetter"):
        return chr((65 if kind == "upperLetter" else 97) + (number - 1) % 26)
    return "" if kind in ("bullet", "none") else str(number)


class Counting:
    """Counts every list of a document as its paragraphs go by."""

    def __init__(self, numbering: Any, styles: Any) -> None:
        self.levels: dict[str, dict[int, tuple[str, str, int]]] = {}
        self.abstract: dict[str, str] = {}
        self.styles: dict[str, tuple[str, int]] = {}
        self.counts: dict[str, dict[int, int]] = defaultdict(dict)
        for one in numbering if numbering is not None else ():
            if _local(one) == "abstractNum":
                self.levels[_attribute(one, "abstractNumId")] = dict(map(_level, _all(one, "lvl")))
            elif _local(one) == "num":
                self.abstract[_attribute(one, "numId")] = _attribute(_child(one, "abstractNumId"))
        for style in _all(styles, "style"):
            if (named := _child(style, "pPr", "numPr")) is not None:
                self.styles[_attribute(style, "styleId")] = _of(named)

    def label(self, paragraph: Any) -> str:
        """The number that Word shows in front of the paragraph, or nothing."""
        named = _child(paragraph, "pPr", "numPr")
        style = self.styles.get(_attribute(_child(paragraph, "pPr", "pStyle")), ("", 0))
        num, level = _of(named) if named is not None else style
        num = num or style[0]
        levels = self.levels.get(self.abstract.get(num, ""), {})
        if num in ("", "0") or level not in levels:
            return ""
        counts = self.counts[num]
        counts[level] = counts.get(level, levels[level][2] - 1) + 1
        for deeper in [one for one in counts if one > level]:
            del counts[deeper]
        return self._shown(levels, level, counts)

    def _shown(self, levels: dict[int, tuple[str, str, int]], level: int, counts: dict[int, int]) -> str:
        kind, shape, _start = levels[level]
        if kind in ("bullet", "none"):
            return ""

        def number(hit: re.Match[str]) -> str:
            which = int(hit[1]) - 1
            return _spelled(levels.get(which, levels[level])[0], counts.get(which, 1))

        shown = re.sub(r"%(\d)", number, shape)
        return f"{shown} " if shown[-1:].isdigit() else shown


def _all(parent: Any, name: str) -> list[Any]:
    return [one for one in parent if _local(one) == name] if parent is not None else []


def _level(element: Any) -> tuple[int, tuple[str, str, int]]:
    kind, shape = _attribute(_child(element, "numFmt")), _attribute(_child(element, "lvlText"))
    start = _attribute(_child(element, "start"))
    return int(_attribute(element, "ilvl") or 0), (kind, shape, int(start) if start.isdigit() else 1)


def _of(named: Any) -> tuple[str, int]:
    level = _attribute(_child(named, "ilvl"))
    return _attribute(_child(named, "numId")), int(level) if level.isdigit() else 0
