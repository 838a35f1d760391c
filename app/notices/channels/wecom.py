"""A group robot of WeCom (企业微信): markdown of at most 4,096 bytes, the key in its address."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from app.notices.channels import Letter
from app.notices.channels.robots import Robot, text


class WeCom(Robot):
    """POST …/cgi-bin/webhook/send?key=…; 45009 says that it was called too often."""

    limit = 4096
    too_often = frozenset({45009, 45033})

    def body(self, letter: Letter, now: datetime) -> dict[str, Any]:
        """A message in markdown."""
        return {"msgtype": "markdown", "markdown": {"content": text(letter, self.limit, links=True)}}
