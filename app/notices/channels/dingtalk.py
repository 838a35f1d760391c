"""A group robot of DingTalk (钉钉): markdown, signed in its address with time and secret."""

from __future__ import annotations

import base64
import hashlib
import hmac
from datetime import datetime
from typing import Any
from urllib.parse import quote_plus

from app.notices.channels import Letter
from app.notices.channels.robots import Robot, cut, text


class DingTalk(Robot):
    """POST …/robot/send?access_token=…; who calls too often is barred for ten minutes."""

    limit = 18_000
    blocked_for = 600.0
    too_often = frozenset({130101, 410100, 660026, 90018})

    def at(self, now: datetime) -> str:
        """The key is the secret, the message is milliseconds, a line break and the secret."""
        if not self.secret:
            return self.address
        stamp = str(int(now.timestamp() * 1000))
        made = hmac.new(self.secret.encode(), f"{stamp}\n{self.secret}".encode(), hashlib.sha256).digest()
        joint = "&" if "?" in self.address else "?"
        return f"{self.address}{joint}timestamp={stamp}&sign={quote_plus(base64.b64encode(made))}"

    def body(self, letter: Letter, now: datetime) -> dict[str, Any]:
        """A message in markdown; its title is what a phone shows first."""
        shown = text(letter, self.limit, links=True).replace("\n", "\n\n")
        return {"msgtype": "markdown", "markdown": {"title": cut(letter.subject, 120), "text": cut(shown, 20_000)}}
