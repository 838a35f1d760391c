"""Which carrier serves which kind of channel."""

from __future__ import annotations

from collections.abc import Callable

from app.notices.channels import Carrier
from app.notices.channels.dingtalk import DingTalk
from app.notices.channels.feishu import Feishu
from app.notices.channels.mail import Mail
from app.notices.channels.webhook import Webhook
from app.notices.channels.wecom import WeCom
from app.notices.models import Channel

ROBOTS: dict[str, Callable[[str, str], Carrier]] = {
    "wecom": WeCom,
    "dingtalk": DingTalk,
    "feishu": Feishu,
    "webhook": Webhook,
}


def of(channel: Channel) -> Carrier:
    """The carrier of that channel."""
    return Mail() if channel.kind == "mail" else ROBOTS[channel.kind](channel.address, channel.secret)
