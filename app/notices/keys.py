"""The whole address and the secret of a robot: concealed where they are kept, read only to send."""

from __future__ import annotations

import json
from typing import NamedTuple
from urllib.parse import urlsplit

from app.notices.models import Channel
from app.secrecy import Unreadable, conceal, reveal
from workflows.grammar import say

USE = "channels"
LOST = say("The secret of the house changed, so the address and secret of this robot can no longer be read. "
           "Enter both again under Channels.")  # fmt: skip


class Keys(NamedTuple):
    """An address is a robot's password; the secret signs what is sent there."""

    address: str
    secret: str


def keep(channel: Channel, address: str, secret: str) -> None:
    """Conceal both; what may be known of the address stays beside them."""
    channel.address, channel.sealed = shown(address), conceal(USE, json.dumps([address, secret]))


def of(channel: Channel) -> Keys:
    """Both, to send; raises Unreadable when the house's secret changed since they were entered."""
    address, secret = json.loads(reveal(USE, channel.sealed))
    return Keys(address, secret)


def are_lost(channel: Channel) -> bool:
    """Whether they must be entered again."""
    try:
        return channel.is_robot and not of(channel)
    except Unreadable:
        return True


def renew(channel: Channel) -> None:
    """Conceal them under the present secret, so that a former one may be dropped; what is lost stays lost."""
    if channel.is_robot and not are_lost(channel):
        keep(channel, *of(channel))


def shown(address: str) -> str:
    """Scheme and host of an address."""
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.hostname}"
