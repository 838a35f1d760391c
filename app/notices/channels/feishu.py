"""A group robot of Feishu (飞书): plain text of at most 20 KB, signed in the body, unlike DingTalk's."""

from __future__ import annotations

import base64
import hashlib
import hmac
from datetime import datetime
from typing import Any

from app.notices.channels import Letter
from app.notices.channels.robots import Robot, text


class Feishu(Robot):
    """POST …/open-apis/bot/v2/hook/…; 19021 says that the signature is wrong, 11232 that it was called too often."""

    limit = 16_000
    too_often = frozenset({11232, 9499})

    def body(self, letter: Letter, now: datetime) -> dict[str, Any]:
        """A text; the key is seconds, a line break and the secret, and the message is empty."""
        said: dict[str, Any] = {"msg_type": "text", "content": {"text": text(letter, self.limit, links=False)}}
        if self.secret:
            stamp = str(int(now.timestamp()))
            made = hmac.new(f"{stamp}\n{self.secret}".encode(), b"", hashlib.sha256).digest()
            said |= {"timestamp": stamp, "sign": base64.b64encode(made).decode()}
        return said
