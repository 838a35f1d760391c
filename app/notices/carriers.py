"""Which carrier serves which kind of channel."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from app.notices import keys
from app.notices.channels import Carrier, Letter, NotSent
from app.notices.channels.dingtalk import DingTalk
from app.notices.channels.feishu import Feishu
from app.notices.channels.mail import Mail
from app.notices.channels.webhook import Webhook
from app.notices.channels.wecom import WeCom
from app.notices.models import Channel
from app.secrecy import Unreadable

REST = 3600.0  # seconds
ROBOTS: dict[str, Callable[[str, str], Carrier]] = {
    "wecom": WeCom,
    "dingtalk": DingTalk,
    "feishu": Feishu,
    "webhook": Webhook,
}


def of(channel: Channel) -> Carrier:
    """The carrier of that channel."""
    if not channel.is_robot:
        return Mail()
    try:
        return ROBOTS[channel.kind](*keys.of(channel))
    except Unreadable:
        return Lost()


class Lost:
    """A robot whose address and secret can no longer be read: what was meant for it waits and says why."""

    spacing = 0.0

    def carry(self, letter: Letter, now: datetime) -> None:
        """Nothing can be sent."""
        raise NotSent(keys.LOST, rests=REST)
