"""What is said in a group to something that was seen before: what is to be done about it, by whom and until when."""

from __future__ import annotations

import re
from collections.abc import Sequence

from app.intake.readers import acts
from app.intake.readers.blocks import Field
from app.intake.readers.dates import VAGUE
from app.intake.readers.entries import Entry
from app.intake.readers.judging import praises, sounds_wrong
from app.intake.readers.lines import Line, fold
from app.intake.readers.rules import rule

# “马上断电，我约厂家来修”, “@物业 今天清走”: said to what was seen before.
_REPLIES = rule(
    r"\s*(?:@|(?:收到|好的?|看到了|明白|知道了)[,。]|让|叫|请|马上|立即|立刻|今天|明天|今晚|先|我[去来约找联安让管]|安排|通知(?!:)|尽快|赶紧|必须|由|派|下午|上午|这就|[^,。;]{1,10}(?:前|[之以]?内)(?:必须|要|得|务必)?(?:换|修|清|装|弄|整|处|补|拆|搬))"
)
# “地砖我联系施工队，周五前铺好”: somebody takes it on, whatever stands before.
_TAKES = rule(
    r"(?:^|[,。;!]|^[^,。;!]{1,8})我(?:们)?(?:来|去|联系|叫|约|安排|找|让|管|负责|跟进|处理|盯|马上|这就|现在|下午|明天)|@\S+\s+\S"
)
_OPENING = rule(r"\s*(?:(?:收到|好的?|看到了|明白|知道了)[,。]\s*)?(?:@[^\s@。,;:!?、]{2,12}\s*)?")
CALLS = rule(r"\s*@(?P<who>[^\s@。,;:!?、]{2,12})\s*")
_NICK = rule(r"(?P<who>[老小][\u4e00-\u9fff])$")  # 木工班老褚
_NOTICE = rule(r"\s*(?:通知|温馨提示|提醒|转发|各位|大家)[:,]")
_WORDS = rule(r"[\u4e00-\u9fff]{2,}")
_EVERYWHERE = frozenset(
    [
        "今天",
        "明天",
        "下午",
        "上午",
        "早上",
        "厂家",
        "联系",
        "安排",
        "处理",
        "马上",
        "已经",
        "一下",
        "这个",
        "那个",
        "怎么",
        "怎办",
        "问题",
        "发现",
        "看到",
        "有人",
        "没有",
    ]
)


def is_one(plain: str) -> bool:
    """Whether a message answers, and tells of nothing else that is amiss."""
    if _NOTICE.match(plain):
        return False
    if _REPLIES.match(plain):
        return True
    takes = _TAKES.search(plain) or (VAGUE.search(plain) and acts.WHEN.search(plain))
    return bool(takes) and not sounds_wrong(plain) and not praises(plain)


def promises(plain: str) -> bool:
    """“收到，我来换，下午放学前”: more than that the message was read."""
    return bool(_TAKES.search(plain) or acts.WHEN.search(plain))


def made(waiting: list[Entry], words: Line, speaker: str) -> Entry:
    """The measure, under the problem that it speaks of; whoever is called or takes it on becomes its owner."""
    finding = _meant(waiting, words.plain)
    opening = _OPENING.match(words.plain)
    calls = list(CALLS.finditer(words.plain))
    begin = opening.end() if opening else 0
    end = (
        calls[-1].start() if calls and calls[-1].start() > begin and not _asks(words.plain[calls[-1].end() :]) else None
    )
    said = words.cut(begin, end)
    answer = Entry("measure", words.number, None, [said.raw], answers=finding)
    who = owner(words, calls[0]) if len(calls) == 1 else None
    if not calls and "我" in said.plain and speaker:
        who = Field("owner", "责任人", "", Line(words.number, speaker, fold(speaker)))
    if who is not None:
        (finding or answer).fields.append(who)
    if finding is not None:
        waiting.remove(finding)
    return answer


def _asks(plain: str) -> bool:
    """Whether the words behind a call say what is to be done."""
    return len(plain) > 3 and bool(
        acts.WHEN.search(plain) or VAGUE.search(plain) or re.search(r"[换修清装整补拆搬停断]", plain)
    )


def _meant(waiting: Sequence[Entry], plain: str) -> Entry | None:
    """The one that shares a word with the answer, else the last where no other waits; nobody can say where several do."""
    shared = [(len(_pairs(plain) & _pairs(fold(one.text))), at) for at, one in enumerate(waiting)]
    best = max(many for many, _ in shared)
    likely = [at for many, at in shared if many == best]
    if best and len(likely) == 1:
        return waiting[likely[0]]
    near = [one for one in waiting if one.line == waiting[-1].line]
    return waiting[-1] if len(near) == 1 and not best else None


def _pairs(plain: str) -> set[str]:
    runs = (hit[0] for hit in _WORDS.finditer(plain))
    return {run[at : at + 2] for run in runs for at in range(len(run) - 1)} - _EVERYWHERE


def owner(words: Line, call: re.Match[str]) -> Field:
    """Whom the message calls."""
    nick = _NICK.search(words.plain, *call.span("who"))
    return Field("owner", "责任人", "", words.cut(*(nick or call).span("who")))


def date(listed: list[Entry], numbers: list[int], said: Line) -> None:
    """“1和3 4月12号前整完”: said of the list that was sent before."""
    for entry in listed:
        if entry.kind == "finding" and int("".join(filter(str.isdigit, entry.number)) or 0) in numbers:
            day = said.cut(0, next((at for at, sign in enumerate(said.plain) if sign in ",。;"), None))
            entry.fields.append(Field("planned", "整改时限", "", day))
