"""Spoken notes put into letters by a machine: hardly a stop, so that pauses and the words between matters part them."""

from __future__ import annotations

import calendar
from datetime import date
from itertools import pairwise

from app.intake.readers.blocks import Field
from app.intake.readers.dates import find_day
from app.intake.readers.due import deadline_in
from app.intake.readers.entries import Entry
from app.intake.readers.judging import NOT, has_passed, praises, sounds_wrong
from app.intake.readers.lines import Line, fold
from app.intake.readers.rules import rule

_STOPS = rule(r"[,。;:!?]")
_HAN = rule(r"[\u4e00-\u9fff]")
_TURN = r"(?:还有(?!的|些)|另外|然后|再一个|再就是|再有|再看|再说|再到|接着|接下来|其次|最后|首先|第[一二三四五六七八九十](?!排|中|小|实|人|层|届|名|学)个?(?:是|呢)?|一个是|但是|不过|就是说?|那个|嗯+|呃+|啊|对了|哦)"
_CUT = rule(
    rf"[\s,。;!?]+|(?={_TURN})|(?<=[了的])(?=(?:[一二三四五六]楼|食堂|操场|宿舍|教室|大门|门卫|厕所|厨房|仓库|楼道|走廊|实验室|保安))"
)
_LEAD = rule(rf"(?:{_TURN}|先|看|看了|检查|去了?|呢|的话)*")
_ANSWERS = rule(
    r"(?:我|我们)?(?:已经|也|就|又)?(?:跟|和|让|叫|要求|建议|责令|请|当场|现场|马上|立即|立刻|限)|(?:园长|校长|主任|老师|他们?|她|学校|负责人|总务|厨师长?)[^ ]{0,4}(?:说|答应|表示|保证|承诺|安排)|必须|得(?:赶紧|马上|尽快)|要(?:求|在|尽快|马上)|[^ ]{0,10}(?:前|内)(?:要|必须|得|修|换|弄|整|补|完成)"
)
_POINTS = rule(r"(?:这个|那个|这|那)(?:很|太|比较|也|就)?(?:危险|不行|不好|要命|是个?问题|得|要|必须)")
_SOUND = rule(
    r"(?:都|也|还)(?:挺|还)?(?:可以|不错|行|好|齐|有)|没(?:啥|什么)问题|比上次[^ ]*(?:好|干净|强)|挺好|干净多了|这个好"
)
_THIS_MONTH = rule(r"(?:这个|本|这)月(?:底|末)(?:之|以)?前?")


def is_spoken(lines: list[Line]) -> bool:
    """Long lines with hardly a stop in them."""
    joined = "".join(line.plain for line in lines if len(line.plain) > 60)
    words = len(_HAN.findall(joined))
    return 80 < words < 100_000 and len(_STOPS.findall(joined)) * 50 < words


def read(lines: list[Line]) -> list[Entry]:
    """What is amiss, each with what was said of it next."""
    entries: list[Entry] = []
    told = _told_on(lines)
    current: Entry | None = None
    for piece in (piece for line in lines for piece in _pieces(line)):
        plain = piece.plain
        if current is not None and _ANSWERS.match(plain):
            entries.append(_answer(current, piece, told))
        elif _POINTS.match(plain):
            continue
        elif (
            (_SOUND.search(plain) and not _still_wrong(plain))
            or NOT.search(plain)
            or has_passed(plain)
            or praises(plain)
        ):
            current = None
        elif sounds_wrong(plain) and len(plain) > 4:
            current = Entry("finding", piece.number, None, [piece.raw])
            entries.append(current)
    return entries


def _still_wrong(plain: str) -> bool:
    return sounds_wrong(_SOUND.sub("", plain))


def _pieces(line: Line) -> list[Line]:
    ends = [0, *(at for hit in _CUT.finditer(line.plain) for at in hit.span()), len(line.plain)]
    cuts = [line.cut(start, end) for start, end in pairwise(ends) if end > start]
    led = [one.cut(_LEAD.match(one.plain).end()) for one in cuts]  # type: ignore[union-attr]
    return [one for one in led if len(_HAN.findall(one.plain)) > 2]


def _told_on(lines: list[Line]) -> date | None:
    """The one day that the note names in full."""
    days = {on for line in lines for hit in _WHOLE.finditer(line.plain[:400]) if (on := find_day(hit[0], None)[0])}
    return days.pop() if len(days) == 1 else None


_WHOLE = rule(r"20\d\d\s?[年./-]\s?\d{1,2}\s?[月./-]\s?\d{1,2}日?")


def _answer(finding: Entry, piece: Line, told: date | None) -> Entry:
    made = Entry("measure", piece.number, None, [piece.raw], answers=finding)
    if told and (hit := _THIS_MONTH.search(piece.plain)):
        last = f"{told.year}年{told.month}月{calendar.monthrange(told.year, told.month)[1]}日前"
        made.fields = [Field("planned", "整改时限", "", Line(piece.number, hit[0], last))]
    elif (due := deadline_in(piece.raw, piece.plain, told.year if told else None)) and due.on:
        made.fields = [Field("planned", "整改时限", "", Line(piece.number, due.raw, fold(due.raw)))]
    return made
