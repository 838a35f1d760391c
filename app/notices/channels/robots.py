"""What group robots have in common: text by bytes, 20 messages a minute, an answer that must say that it went well."""

from __future__ import annotations

import json
from abc import ABC, abstractmethod
from datetime import datetime
from typing import Any

from app.notices.channels import Letter, Line, NotSent
from app.notices.channels.posting import Answer, post
from workflows.grammar import say

# What would be markup or call on people in a group is shown as itself.
PLAIN = str.maketrans("<>[]*`#@~|\\_!", "＜＞［］＊｀＃＠～｜＼＿！")
ELLIPSIS = "…"


class Robot(ABC):
    """A robot of one platform."""

    spacing = 3.2  # seconds: fewer than 20 in any minute
    limit = 4000  # bytes of text
    blocked_for = 60.0  # seconds to rest when the platform says: too often
    too_often: frozenset[int] = frozenset()

    def __init__(self, address: str, secret: str) -> None:
        self.address, self.secret = address, secret

    def carry(self, letter: Letter, now: datetime) -> None:
        """Send it and believe only an answer that says it went well."""
        body = json.dumps(self.body(letter, now), ensure_ascii=False).encode()
        self._judge(post(self.at(now), body))

    def at(self, now: datetime) -> str:
        """The address, signed where the platform wants it there."""
        return self.address

    @abstractmethod
    def body(self, letter: Letter, now: datetime) -> dict[str, Any]:
        """What the platform is sent."""

    def _judge(self, answer: Answer) -> None:
        if answer.status == 429:
            raise NotSent(say("Too many messages (429)."), rests=answer.retry_after or self.blocked_for)
        if answer.status != 200:
            raise NotSent(
                say("It answered with status %(status)d.", status=answer.status), in_doubt=answer.status >= 500
            )
        try:
            said = answer.json
        except ValueError:
            raise NotSent(say("Its answer could not be read."), in_doubt=True) from None
        code = said.get("errcode", said.get("code", said.get("StatusCode")))
        if code == 0:
            return
        if not isinstance(code, int):
            raise NotSent(say("Its answer does not say that it went well."), in_doubt=True)
        rests = self.blocked_for if code in self.too_often else 0
        raise NotSent(say("It refused with code %(code)d.", code=code), rests=rests)


def text(letter: Letter, limit: int, *, links: bool) -> str:
    """The letter as a group reads it: as many lines as fit into so many bytes, and how many did not."""
    title = f"**{plain(letter.subject)}**" if links else letter.subject
    head = [title, *map(plain, letter.intro), *map(plain, letter.facts)]
    foot = [f"{letter.mark} {letter.home}"]
    lines = [_line(line, links) for line in letter.lines]
    for shown in range(len(lines), -1, -1):
        left = len(lines) - shown
        over = [f"{ELLIPSIS} +{left}"] if left else [letter.more] if letter.more else []
        whole = "\n".join([*head, *lines[:shown], *over, *foot])
        if len(whole.encode()) <= limit:
            return whole
    return cut("\n".join(head), limit)


def _line(line: Line, links: bool) -> str:
    number = f"[{plain(line.number)}]({line.url})" if links else line.number
    where = f"({plain(line.unit)})" if line.unit else ""
    who = f" {plain('、'.join(line.people))}" if line.people else ""
    said = f"- {plain(line.what)} {number} {plain(line.title)}{where}{who}"
    return said if links else f"{said} {line.url}"


def plain(words: str) -> str:
    """Words in which nothing is markup."""
    return " ".join(words.translate(PLAIN).split())


def cut(words: str, limit: int) -> str:
    """At most so many bytes of UTF-8, never half a character."""
    encoded = words.encode()
    if len(encoded) <= limit:
        return words
    room = limit - len(ELLIPSIS.encode())
    return encoded[:room].decode(errors="ignore") + ELLIPSIS
