"""Messages from a group: keycaps are numbers, a green tick says that all is well, other pictures say nothing."""

from __future__ import annotations

from app.intake.readers.rules import rule

_KEYCAP = rule("([0-9])\ufe0f?\u20e3\ufe0f?\\s?")
_TICKED = rule("(?m)^[ \\t]*\u2705.*$\n?")
_PICTURES = rule(
    "[\U0001f000-\U0001faff\u2600-\u260f\u2612\u2615-\u2704\u2705\u270a-\u2712\u2728-\u2730\u2753-\u2757\u2795-\u2797\u27a1\u2b05-\u2b55\ufe0f\u200d\u20e3]"
)
_STARS = rule(r"(?m)^([ \t\u3000]*)[★☆✦✱]\s*(?=\S)")  # they number items
_NAMED = rule(r"\[(?:微笑|抱拳|强|玫瑰|握手|呲牙|OK|ok|合十|鼓掌|加油|庆祝|偷笑|捂脸|流泪|害羞|太阳|咖啡|爱心|愉快)\]")


def without(text: str) -> str:
    """The words of a message; lines of praise behind a green tick are left out."""
    if text.isascii() or not (_PICTURES.search(text) or _KEYCAP.search(text)):
        return text
    text = _STARS.sub(r"\1• ", text)
    text = _TICKED.sub("", text) if _KEYCAP.search(text) else text
    return _NAMED.sub("", _PICTURES.sub("", _KEYCAP.sub(r"\1、", text)))
