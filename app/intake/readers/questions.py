"""The questions of a check list: which answer is bad, and what a remark beside a bad one says."""

from __future__ import annotations

from app.intake.readers import signs_in_english as english
from app.intake.readers.judging import says_none, sounds_wrong
from app.intake.readers.lines import fold
from app.intake.readers.rules import rule

_ASKS = rule(r"是否|有无|有没有|能否|可否|会不会")
_JUDGES = rule(r"(?:不|未|没)?(?:合格|符合|达标|通过|正常)(?:要求|规定|标准)?")
_BARE_DAY = rule(r"[\d\s年月日号前底./:-]+|立行立改|立即整改|限期整改|需?整改|待整改|整改中")
_OPINION = rule(
    r"(?:(?P<no>不合格|不符合(?:要求|规定|标准)?|不达标|未通过|有问题|不正常|异常|否|×|✗|✘)|(?P<yes>合格|符合(?:要求|规定|标准)?|达标|通过|正常|√|✓))(?:[,。:;、\s]+|(?=\())(?=.{3})"
)


_CROSSES, _BRIEF = frozenset("×✗✘xX"), 12
_CROSSED = rule(r"[×✗✘xX]\s*(?:[,:]\s*(?P<why>[^()]{2,60}?)|[,:]?\s*\((?P<inside>[^()]{2,60})\))[。;]?\s*")


def opinion(plain: str) -> bool | None:
    """“不合格，灶具连接软管超过2米”: what the word before the comma judges; None where it is no such word."""
    hit = _OPINION.match(plain)
    return None if hit is None else hit["no"] is None


def without_opinion(words: str) -> str:
    """What was seen, without the word before it that judges."""
    hit = _OPINION.match(fold(words))
    return words[hit.end() :] if hit and hit["no"] and len(words) - hit.end() > 3 else words


def crossed(cell: str, item: str) -> list[tuple[str, str]]:
    """“×（不亮）” below 应急灯 is “应急灯：不亮”; nothing where no cross stands before words, or where it is good."""
    hit = _CROSSED.fullmatch(fold(cell)) if cell[:1] in _CROSSES else None
    if hit is None or asks_for_bad(fold(item)):
        return []
    why = cell[slice(*hit.span(hit.lastgroup or 0))]
    return [("", f"{item}：{why}" if item and len(why) <= _BRIEF else why)]


def asks_for_bad(item: str) -> bool:
    """“是否存在隐患”, “Any sign of pests?”: a yes is bad."""
    if item.isascii():
        return english.asks_for_bad(item)
    return bool(_ASKS.search(item)) and sounds_wrong(_ASKS.sub("", item))


def is_bad(plain: str, answer: bool | None, item: str) -> bool:
    """A yes is bad where the item asks for something bad, a no is bad where it asks for good; 不合格 always is."""
    if _JUDGES.fullmatch(plain):
        return not answer
    if plain in ("有", "无", "没有", "是", "否") and not _ASKS.search(item) and not item.isascii():
        return plain == "否"
    return bool(answer) == asks_for_bad(item)


def is_a_question(plain: str) -> bool:
    """Whether the words ask."""
    return bool(_ASKS.search(plain)) or plain.rstrip().endswith("?")


def tells_what(remark: str, plain: str) -> bool:
    """Whether the remark beside what failed says what is wrong, and not what is done about it."""
    if not remark or says_none(plain) or _BARE_DAY.fullmatch(plain):
        return False
    if sounds_wrong(plain):
        return True
    if plain.isascii():
        return len(plain) > 4 and not english.is_an_act(plain)
    return False
