"""Messages of a group whose speakers stand alone on the line above: every message that tells of something amiss."""

from __future__ import annotations

from collections import Counter

from app.intake.readers.blocks import Field
from app.intake.readers.chats import ANSWER, HEAD, MEDIA
from app.intake.readers.entries import Entry
from app.intake.readers.headings import heading_kind
from app.intake.readers.judging import has_passed, praises, sounds_wrong
from app.intake.readers.lines import Line
from app.intake.readers.named_items import numbers_in
from app.intake.readers.numbering import segments_of
from app.intake.readers.rules import rule

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


def read(lines: list[Line], who: set[str]) -> list[Entry]:
    """What is amiss, message by message, each with what is to be done and whom the message calls."""
    entries: list[Entry] = []
    listed: list[Entry] = []
    for line in lines:
        words = line.plain.strip()
        if words in who or not words or any(one.fullmatch(words) for one in (HEAD, ANSWER, MEDIA)):
            continue
        if hit := _OF_THE_LIST.match(words):
            _date(listed, numbers_in(hit["items"]), line.cut(line.plain.index(hit["said"])))
            continue
        more = _MORE.match(line.plain)
        pieces = segments_of(line.cut(more.end() if more else 0), {})
        made = [one for piece in pieces for one in _told(piece.line, piece.label.raw if piece.label else "")]
        listed = made if any(piece.label for piece in pieces) else listed
        entries += made
    return entries


def _told(words: Line, number: str) -> list[Entry]:
    calls = list(_CALLS.finditer(words.plain))
    said = words.cut(0, calls[0].start()) if calls else words
    then = _THEN.search(said.plain)
    seen = said.cut(0, then.start()) if then else said
    passed = has_passed(seen.plain) or praises(seen.plain) or _REPORTS.search(seen.plain)
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
