"""Messages of a group whose speakers stand alone on the line above: every message that tells of something amiss."""

from __future__ import annotations

import re
from collections import Counter

from app.intake.readers import replies
from app.intake.readers.chats import ANSWER, HEAD, MEDIA
from app.intake.readers.entries import Entry
from app.intake.readers.headings import heading_kind
from app.intake.readers.judging import NOT, has_passed, praises, sounds_wrong
from app.intake.readers.lines import Line
from app.intake.readers.named_items import numbers_in
from app.intake.readers.numbering import segments_of
from app.intake.readers.people import names_in
from app.intake.readers.rules import rule

_CLOCK = r"(?:20\d\d[-/.]\d{1,2}[-/.]\d{1,2}\s+)?(?:\[?\d{1,2}:\d{2}(?::\d{2})?\]?)"
# “09:40 网格员小覃：楼道停了电动车[图片]”, “调度秦霜  06:40”, “07:52 值周-邢国梁”: who, when, and perhaps what.
_TIMED = rule(
    rf"\s*{_CLOCK}\s*(?P<who>[^\s:。,;!?]{{2,14}})\s?:\s*(?P<said>\S.*)"
    rf"|\s*(?P<name>(?!\d)[^\s:。,;!?]{{2,14}})\s+{_CLOCK}\s*"
    rf"|\s*{_CLOCK}\s+(?P<behind>(?!\d)[^\s:。,;!?]{{2,14}})\s*"
)
_NAMED = rule(r"\s*(?P<who>[^\s:。,;!?\d]{2,8})\s?:\s*(?P<said>\S.*)")
_SHOWN = rule(r"\s*(?:\[(?:图片|照片|视频|语音|文件|表情|动画表情|位置)[^\]]{0,20}\]\s*)+$")
_NAME = rule(r"(?![(\[@\d])[^\s。,;:!?、|]{1,10}(?:[ _\-—·][^\s。,;:!?、|]{1,10})?")
_MORE = rule(r"(?:补充|另外|还有|再)[^\d]{0,6}?:?\s*(?=1[.、])")
_FEW = 3
# “…已经换好了@老顾”: told to whoever asked, and nobody's task.
_REPORTS = rule(r"已(?:经)?(?:整改|处理|换|修|装|清|完成|好)|[换修弄装搞]好了|记得|提醒|别忘")
_THEN = rule(
    r"[,。;!]+\s*(?=(?:先|必须|赶紧|马上|尽快|立即|立刻|今天|明天|今晚|下班前|务必|要(?!求)|得|请|把|已(?:经)?[\u4e00-\u9fff]|[^,。;!]{1,10}前(?:必须|要|得|务必)?[\u4e00-\u9fff]))"
)
_SENTENCE = rule(r"[^。!?]+[。!?]*")
_LEAD = rule(
    r"\s*(?:(?:另外|还有|对了|刚才|刚刚|今早|今天|早上|下午)[,:]?)?(?:我|我们)?(?:又|还)?(?:看到|看见|发现|注意到)(?:了)?[,:]?|\s*(?:另外|还有|对了)[,:]?(?!的)"
)
_ASKS = rule(r"[,](?=[^,。;]*(?:谁管|谁负责|怎么办|咋办|咋整|怎么弄|怎么处理|哪个管|吗|呢)[?。!]*$)")
_OF_THE_LIST = rule(
    r"第?(?P<items>\d{1,2}(?:\s?[和、,及]\s?第?\d{1,2})*)\s*[条项个点]?\s+(?P<said>[^,。;!]*前[^,。;!]*)"
)


def speakers(lines: list[Line]) -> set[str]:
    """Names that stand alone on a line again and again, that a message calls with @, or that stand between messages."""
    told = [line.plain.strip() for line in lines if line.plain.strip() and not MEDIA.fullmatch(line.plain)]
    if not any(HEAD.fullmatch(words) for words in told):
        return set()
    often = Counter(words for words in told if _is_a_name(words))
    called = {hit["who"] for words in told for hit in replies.CALLS.finditer(words)}
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
    if sum(hit is not None for hit in hits) < _FEW and not any(hits := _by_name(lines)):
        return lines, set()
    apart, who = list[Line](), set[str]()
    for line, hit in zip(lines, hits, strict=True):
        if hit is None:
            apart.append(line)
            continue
        named = hit.groupdict()
        name = next(one for one in ("who", "name", "behind") if named.get(one))
        who.add(hit[name])
        apart += [line.cut(*hit.span(name)), *([line.cut(hit.start("said"))] if named.get("said") else [])]
    return [line.cut(0, shown.start()) if (shown := _SHOWN.search(line.plain)) else line for line in apart], who


def _by_name(lines: list[Line]) -> list[re.Match[str] | None]:
    """“李主任：灯坏了”, “王老师：我来换”: most lines begin with a person, and one of them speaks again."""
    hits = [_NAMED.fullmatch(line.plain) if names_in(line.plain.partition(":")[0].strip()) else None for line in lines]
    often = Counter(hit["who"] for hit in hits if hit)
    held = sum(bool(line.plain.strip()) for line in lines)
    speak = len(often) > 1 and max(often.values()) > 1 and sum(often.values()) * 3 > held * 2
    return hits if speak else []


def read(lines: list[Line], who: set[str]) -> list[Entry]:
    """What is amiss, message by message, each with what is to be done and whom the message calls."""
    entries, listed, waiting, speaker = list[Entry](), list[Entry](), list[Entry](), ""
    for line in lines:
        words = line.plain.strip()
        if words in who:
            speaker = line.raw.strip()
        empty = HEAD.fullmatch(words) or MEDIA.fullmatch(words)
        if words in who or not words or empty or (ANSWER.fullmatch(words) and not replies.promises(words)):
            continue
        if hit := _OF_THE_LIST.match(words):
            replies.date(listed, numbers_in(hit["items"]), line.cut(line.plain.index(hit["said"])))
            continue
        if waiting and replies.is_one(line.plain):
            entries.append(replies.made(waiting, line, speaker))
            continue
        more = _MORE.match(line.plain)
        pieces = segments_of(line.cut(more.end() if more else 0), {})
        made = [one for piece in pieces for one in _told(piece.line, piece.label.raw if piece.label else "")]
        listed = made if any(piece.label for piece in pieces) else listed
        answered = {id(one.answers) for one in made}
        waiting += [one for one in made if one.kind == "finding" and id(one) not in answered]
        entries += made
    return entries


def _told(words: Line, number: str) -> list[Entry]:
    calls = list(replies.CALLS.finditer(words.plain))
    said = _of_the_problem(words.cut(0, calls[0].start()) if calls else words)
    then = _THEN.search(said.plain)
    seen = said.cut(0, then.start()) if then else said
    bare = NOT.sub("", seen.plain)
    passed = has_passed(seen.plain) or praises(seen.plain) or _REPORTS.search(seen.plain) or not sounds_wrong(bare)
    if passed or len(seen.plain) < 5 or not sounds_wrong(seen.plain):
        return []
    finding = Entry("finding", words.number, None, [seen.raw], number=number)
    if len(calls) == 1:
        finding.fields.append(replies.owner(words, calls[0]))
    if then is None:
        return [finding]
    return [finding, Entry("measure", words.number, None, [said.cut(then.end()).raw], answers=finding)]


def _of_the_problem(said: Line) -> Line:
    """“昨天的事处理得很及时。另外我看到单杠松了，谁管？”: the sentences from the first that tells of a problem on."""
    for hit in _SENTENCE.finditer(said.plain):
        if sounds_wrong(hit[0]) and not praises(hit[0]):
            lead, asks = _LEAD.match(said.plain, hit.start()), _ASKS.search(said.plain, hit.start())
            return said.cut(lead.end() if lead else hit.start(), asks.start() if asks else None)
    return said
