"""Messages of a group whose speakers stand alone on the line above: every message that tells of something amiss."""

from __future__ import annotations

from collections import Counter

from app.intake.readers.blocks import Field
from app.intake.readers.chats import ANSWER, HEAD, MEDIA
from app.intake.readers.entries import Entry
from app.intake.readers.headings import heading_kind
from app.intake.readers.judging import NOT, has_passed, praises, sounds_wrong
from app.intake.readers.lines import Line, fold
from app.intake.readers.named_items import numbers_in
from app.intake.readers.numbering import segments_of
from app.intake.readers.rules import rule

# “09:40 网格员小覃：楼道停了电动车[图片]”, “调度秦霜  06:40”: who, when, and perhaps what.
_TIMED = rule(
    r"\s*(?:20\d\d[-/.]\d{1,2}[-/.]\d{1,2}\s+)?(?:\[?\d{1,2}:\d{2}(?::\d{2})?\]?)\s*(?P<who>[^\s:。,;!?]{2,14})\s?:\s*(?P<said>\S.*)"
    r"|\s*(?P<name>(?!\d)[^\s:。,;!?]{2,14})\s+(?:20\d\d[-/.]\d{1,2}[-/.]\d{1,2}\s+)?\d{1,2}:\d{2}(?::\d{2})?\s*"
)
_SHOWN = rule(r"\s*(?:\[(?:图片|照片|视频|语音|文件|表情|动画表情|位置)[^\]]{0,20}\]\s*)+$")
# “马上断电，我约厂家来修”, “@物业 今天清走”: said to what was seen just before.
_REPLIES = rule(
    r"\s*(?:@|(?:收到|好的?|看到了|明白|知道了)[,。]|让|叫|请|马上|立即|立刻|今天|明天|今晚|先|我[去来约找联安让]|安排|通知|尽快|赶紧|必须|由|派|下午|上午|这就|[^,。;]{1,10}(?:前|[之以]?内)(?:必须|要|得|务必)?(?:换|修|清|装|弄|整|处|补|拆|搬))"
)
_OPENING = rule(r"\s*(?:(?:收到|好的?|看到了|明白|知道了)[,。]\s*)?(?:@[^\s@。,;:!?、]{2,12}\s*)?")
_NAME = rule(r"(?![(\[@\d])[^\s。,;:!?、|]{1,10}(?:[ _\-—·][^\s。,;:!?、|]{1,10})?")
_CALLS = rule(r"\s*@(?P<who>[^\s@。,;:!?、]{2,12})\s*")
_NICK = rule(r"(?P<who>[老小][\u4e00-\u9fff])$")  # 木工班老褚
_MORE = rule(r"(?:补充|另外|还有|再)[^\d]{0,6}?:?\s*(?=1[.、])")
_FEW = 3
# “…已经换好了@老顾”: told to whoever asked, and nobody's task.
_REPORTS = rule(r"已(?:经)?(?:整改|处理|换|修|装|清|完成|好)|[换修弄装搞]好了|记得|提醒|别忘")
_THEN = rule(
    r"[,。;!]+\s*(?=(?:先|必须|赶紧|马上|尽快|立即|立刻|今天|明天|今晚|下班前|务必|要(?!求)|得|请|把|已(?:经)?[\u4e00-\u9fff]|[^,。;!]{1,10}前(?:必须|要|得|务必)?[\u4e00-\u9fff]))"
)
_OF_THE_LIST = rule(
    r"第?(?P<items>\d{1,2}(?:\s?[和、,及]\s?第?\d{1,2})*)\s*[条项个点]?\s+(?P<said>[^,。;!]*前[^,。;!]*)"
)


def speakers(lines: list[Line]) -> set[str]:
    """Names that stand alone on a line again and again, that a message calls with @, or that stand between messages."""
    told = [line.plain.strip() for line in lines if line.plain.strip() and not MEDIA.fullmatch(line.plain)]
    if not any(HEAD.fullmatch(words) for words in told):
        return set()
    often = Counter(words for words in told if _is_a_name(words))
    called = {hit["who"] for words in told for hit in _CALLS.finditer(words)}
    known = {words for words, times in often.items() if times > 1 or words in called}
    if sum(often[words] for words in known) < _FEW or not any(often[words] > 1 for words in known):
        return set()
    for at in range(2, len(told) - 1):
        if told[at] in often and told[at - 2] in known and told[at - 1] not in known and told[at + 1] not in known:
            known.add(told[at])
    return known


def _is_a_name(words: str) -> bool:
    told = HEAD.fullmatch(words) or ANSWER.fullmatch(words) or heading_kind(words) or sounds_wrong(words)
    return bool(_NAME.fullmatch(words)) and not told


def timed(lines: list[Line]) -> tuple[list[Line], set[str]]:
    """The messages, each below who wrote it, of a group that tells both on one line; else the lines and nobody."""
    hits = [_TIMED.fullmatch(line.plain) for line in lines]
    if sum(hit is not None for hit in hits) < _FEW:
        return lines, set()
    apart, who = list[Line](), set[str]()
    for line, hit in zip(lines, hits, strict=True):
        if hit is None:
            apart.append(line)
            continue
        name = "who" if hit["who"] else "name"
        who.add(hit[name])
        apart += [line.cut(*hit.span(name)), *([line.cut(hit.start("said"))] if hit["said"] else [])]
    return [line.cut(0, shown.start()) if (shown := _SHOWN.search(line.plain)) else line for line in apart], who


def read(lines: list[Line], who: set[str]) -> list[Entry]:
    """What is amiss, message by message, each with what is to be done and whom the message calls."""
    entries, listed, open_one, speaker = list[Entry](), list[Entry](), list[Entry](), ""
    for line in lines:
        words = line.plain.strip()
        if words in who:
            speaker = line.raw.strip()
        if words in who or not words or any(one.fullmatch(words) for one in (HEAD, ANSWER, MEDIA)):
            continue
        if hit := _OF_THE_LIST.match(words):
            _date(listed, numbers_in(hit["items"]), line.cut(line.plain.index(hit["said"])))
            continue
        if open_one and _REPLIES.match(line.plain):
            entries.append(_reply(open_one.pop(), line, speaker))
            continue
        more = _MORE.match(line.plain)
        pieces = segments_of(line.cut(more.end() if more else 0), {})
        made = [one for piece in pieces for one in _told(piece.line, piece.label.raw if piece.label else "")]
        listed = made if any(piece.label for piece in pieces) else listed
        seen = [one for one in made if one.kind == "finding"]
        open_one = seen if len(seen) == 1 else []
        entries += made
    return entries


def _reply(finding: Entry, words: Line, speaker: str) -> Entry:
    """What somebody says is to be done about what was seen just before: the one called, or whoever takes it on."""
    opening = _OPENING.match(words.plain)
    calls = list(_CALLS.finditer(words.plain))
    said = words.cut(opening.end() if opening else 0, calls[0].start() if calls and calls[0].start() > 0 else None)
    made = Entry("measure", words.number, None, [said.raw], answers=finding)
    if len(calls) == 1:
        called = _NICK.search(words.plain, *calls[0].span("who")) or calls[0]
        finding.fields.append(Field("owner", "责任人", "", words.cut(*called.span("who"))))
    elif not calls and "我" in said.plain and speaker:
        finding.fields.append(Field("owner", "责任人", "", Line(words.number, speaker, fold(speaker))))
    return made


def _told(words: Line, number: str) -> list[Entry]:
    calls = list(_CALLS.finditer(words.plain))
    said = words.cut(0, calls[0].start()) if calls else words
    then = _THEN.search(said.plain)
    seen = said.cut(0, then.start()) if then else said
    bare = NOT.sub("", seen.plain)
    passed = has_passed(seen.plain) or praises(seen.plain) or _REPORTS.search(seen.plain) or not sounds_wrong(bare)
    if passed or len(seen.plain) < 5 or not sounds_wrong(seen.plain):
        return []
    finding = Entry("finding", words.number, None, [seen.raw], number=number)
    if len(calls) == 1:
        finding.fields.append(
            Field(
                "owner",
                "责任人",
                "",
                words.cut(*(_NICK.search(words.plain, *calls[0].span("who")) or calls[0]).span("who")),
            )
        )
    if then is None:
        return [finding]
    return [finding, Entry("measure", words.number, None, [said.cut(then.end()).raw], answers=finding)]


def _date(listed: list[Entry], numbers: list[int], said: Line) -> None:
    """“1和3 4月12号前整完”: said of the list that was sent before."""
    for entry in listed:
        if entry.kind == "finding" and int("".join(filter(str.isdigit, entry.number)) or 0) in numbers:
            day = said.cut(0, next((at for at, sign in enumerate(said.plain) if sign in ",。;"), None))
            entry.fields.append(Field("planned", "整改时限", "", day))
