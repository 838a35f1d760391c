"""Messages copied out of a group: who wrote and when is no part of what was written, and answers are no problems."""

from __future__ import annotations

import re
from collections import Counter

from app.intake.readers.labels import KIND_OF
from app.intake.readers.lines import Line
from app.intake.readers.people import UNIT
from app.intake.readers.rules import rule

HEAD = rule(
    r"\s*(?:[^\s。;,:]{1,24}[\s(:]+)?(?:20\d\d[-/.年]\d{1,2}[-/.月]\d{1,2}日?\s*)?(?:星期[一二三四五六日]|周[一二三四五六日])?\s*(?:上午|下午|晚上|凌晨|中午|早上)?\s*\d{1,2}:\d{2}(?::\d{2})?\)?:?\s*"
)
_SPEAKER = rule(r"\s*(?P<who>[^\s。;,:|\d]{2,14})\s?:\s?(?=\S)")
ANSWER = rule(
    r"\s*(?:@\S+\s*)?(?:收到|好的?|明白|谢谢|辛苦|知道了|已(?:经)?(?:整改|处理|安排|落实)|马上(?:整改|处理|安排|去|就)|立即整改|OK|ok|嗯|是的|没问题)[^。;]{0,16}|\s*(?:\[[^\]]{1,6}\]|👍|👌|🙏|1)+\s*"
)
MEDIA = rule(r"\s*\[(?:图片|照片|视频|语音|文件|表情|动画表情|位置|链接|小程序|聊天记录)[^\]]{0,20}\]\s*")


def spoken(lines: list[Line]) -> tuple[list[Line], bool]:
    """The messages without who wrote them and without mere answers, and whether the text is a chat at all."""
    heads = sum(bool(HEAD.fullmatch(line.plain)) for line in lines if line.plain.strip())
    who = Counter(hit["who"] for line in lines if (hit := _speaker(line)))
    many = {name for name, often in who.items() if often > 1}
    if heads < 2 and not (many and sum(who.values()) > 3 and sum(who[name] for name in many) * 2 > len(lines)):
        return lines, False
    return [one for line in lines if (one := _said(line, set(who) if many else set()))], True


def _speaker(line: Line) -> re.Match[str] | None:
    hit = _SPEAKER.match(line.plain)
    return hit if hit and hit["who"] not in KIND_OF and not UNIT.fullmatch(hit["who"]) else None


def _said(line: Line, who: set[str]) -> Line | None:
    if HEAD.fullmatch(line.plain) and line.plain.strip():
        return None
    hit = _speaker(line) if who else None
    words = line.cut(hit.end()) if hit else line
    if words.plain.strip() and (ANSWER.fullmatch(words.plain) or MEDIA.fullmatch(words.plain)):
        return None
    return words
