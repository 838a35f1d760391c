"""No sentence between the problems of a text disappears without a word."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from app.intake.readers import read_text
from app.intake.readers.headings import heading_kind
from app.intake.readers.judging import sounds_wrong
from app.intake.readers.lines import Line, fold
from app.intake.readers.numbering import label_at_start
from app.intake.reading import Reading

OPEN = Path(__file__).parent / "corpus" / "open"
TEXTS = sorted(OPEN.glob("*.txt"))
SENTENCE = re.compile(r"[^。；;!！\n：:\s】|]+")
HAN = re.compile(r"[\u4e00-\u9fff]")
QUIET = 6  # names of parts and labels of values may be as long


def _bare(text: str) -> str:
    return re.sub(r"\W", "", fold(text))


def _said(reading: Reading) -> str:
    """Everything that was read, and everything that a warning names."""
    words = [str(one) for one in reading.warnings]
    for found in reading.findings:
        words += [found.text, found.unit or "", found.owner_raw, found.deadline_raw, *found.extra.values()]
    for one in reading.measures:
        words += [one.text, one.unit or "", one.owner_raw, *(when.raw for when in one.dates), *one.extra.values()]
    return _bare("|".join(words))


def _named(reading: Reading) -> set[int]:
    """The lines that a warning names."""
    told = " ".join(str(one) for one in reading.warnings if "between the problems" in str(one))
    spans = re.findall(r"(\d+)(?:–(\d+))?(?= “|,|\.|;)", told)
    return {at for first, last in spans for at in range(int(first), int(last or first) + 1)}


def _is_parted(words: str, said: str, terms: set[str]) -> bool:
    """“以上由…负责，9月10日前完成”: who and until when, each taken for itself, and hardly a word beside them."""
    for clause in re.split(r"[,，]", words):
        rest = _bare(clause)
        for term in () if rest in said else sorted(terms, key=len, reverse=True):
            rest = rest.replace(term, "")
        if rest not in said and len(HAN.findall(rest)) > QUIET:
            return False
    return True


def _says_well(words: str) -> bool:
    return "未发现" in words or not sounds_wrong(fold(words))


def _fallen(text: str, reading: Reading) -> list[str]:
    """The sentences between the first and the last problem of which nothing was said."""
    spots, said, named = [found.line for found in reading.findings], _said(reading), _named(reading)
    passed = any("passed checks" in str(one) for one in reading.warnings)  # they are counted
    terms = {_bare(one) for found in reading.findings for one in (found.owner_raw, found.deadline_raw) if one}
    heard = {*spots, *(one.line for one in reading.measures), *named}
    fallen = []
    for at, line in enumerate(text.split("\n"), 1):
        if not spots or not min(spots) < at < max(spots) or at in heard:
            continue
        labelled = label_at_start(Line(at, line.strip(), fold(line.strip())), {})
        words = line.strip()[labelled[1] :] if labelled else line.strip()
        parts = [one for one in SENTENCE.findall(words) if len(HAN.findall(one)) > QUIET]
        lost = [one for one in parts if not (_is_parted(one, said, terms) or heading_kind(fold(one)))]
        fallen += [f"{at}: {one}" for one in lost if not (passed and _says_well(one))]
    return fallen


def test_every_sentence_between_two_problems_is_read_or_named():
    fallen = {}
    for path in TEXTS:
        text = path.read_text("utf-8")
        reading = read_text(text, json.loads(path.with_suffix(".json").read_text("utf-8")).get("year"))
        fallen |= {path.stem: lost} if (lost := _fallen(text, reading)) else {}
    assert not fallen, "\n".join(f"{name}: {one}" for name, lost in fallen.items() for one in lost)


PAPER = """存在问题：
1、围墙开裂。
全校共有学生320人。
2、厕所漏水；
其中三楼最为严重，已影响上课。
二、办学亮点
书香校园建设卓有成效，家长满意度达98%以上。
三、仍需整改的问题
1、食堂无留样。
"""


def test_a_line_that_sounds_of_nothing_wrong_is_told_once_by_its_number_and_its_words():
    reading = read_text(PAPER, None)
    (told,) = [str(one) for one in reading.warnings if "between the problems" in str(one)]
    assert "1 lines" in told
    assert "7 “书香校园建设卓有成效" in told
    assert reading.findings[0].extra["说明"] == "全校共有学生320人。"


@pytest.mark.parametrize("lines", [2, 200])
def test_many_such_lines_are_one_calm_sentence(lines: int):
    praise = "\n".join(f"学校第{at}届读书节办得有声有色，孩子们很喜欢，家长也很支持。" for at in range(lines))
    paper = f"存在问题：\n1、围墙开裂。\n二、办学亮点\n{praise}\n三、存在的隐患\n1、食堂无留样。"
    (told,) = [str(one) for one in read_text(paper, None).warnings if "between the problems" in str(one)]
    assert len(told) < 300
