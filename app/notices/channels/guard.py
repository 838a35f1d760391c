"""Where robots may be: the platforms' own hosts, public addresses, and gateways inside that a setting names."""

from __future__ import annotations

import ipaddress
import socket
from typing import Any
from urllib.parse import SplitResult, urlsplit

from flask import current_app

from workflows.grammar import Sentence, say

PLATFORMS = {
    "wecom": ("qyapi.weixin.qq.com",), "dingtalk": ("oapi.dingtalk.com",),
    "feishu": ("open.feishu.cn", "open.larksuite.com"),
}  # fmt: skip
# Addresses of IPv4 in the last 32 bits: translated, mapped as of old, translated statelessly.
WRAPPED = tuple(map(ipaddress.IPv6Network, ("64:ff9b::/96", "::/96", "::ffff:0:0:0/96")))
# Global by the book of this Python or not, nobody's robot lives there: translation inside a network, samples, relays.
NOWHERE = tuple(map(ipaddress.ip_network, ("64:ff9b:1::/48", "3fff::/20", "192.88.99.0/24")))
UNREADABLE = say("This is no web address. Copy the whole address from the robot’s page, beginning with https://.")
PLAIN = say("The address must begin with https://; only gateways named in NOTICE_GATEWAYS may do without.")
ELSEWHERE = say("A robot of this kind lives at %(hosts)s. Copy its address from there, or name your gateway.")
UNKNOWN = say("The host %(host)s is not known here. Look for a typing error, or ask whoever runs the network.")
PRIVATE = say("This address lies inside a private network; nothing is sent there. If it is a gateway of yours, name it "
              "in NOTICE_GATEWAYS.")  # fmt: skip


class Barred(Exception):
    """An address to which nothing is sent, with the sentence that says why."""

    def __init__(self, why: Sentence) -> None:
        super().__init__(str(why))
        self.why = why


def check(kind: str, address: str) -> None:
    """Look at an address before it is kept; raises Barred."""
    parts = parsed(address)
    if is_gateway(parts):
        return
    if parts.scheme != "https":
        raise Barred(PLAIN)
    allowed = PLATFORMS.get(kind)
    if allowed is None:
        resolved(parts.hostname or "", parts.port or 443)
    elif parts.hostname not in allowed or parts.port not in (None, 443):
        raise Barred(say(ELSEWHERE, hosts=", ".join(allowed)))


def parsed(address: str) -> SplitResult:
    """The parts of a plain web address; raises Barred for anything else."""
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        raise Barred(UNREADABLE) from None
    strange = (
        bool(parts.fragment)
        or not parts.netloc.isascii()
        or any(ord(sign) < 33 or ord(sign) == 127 or sign == "\\" for sign in address)
    )
    if strange or parts.scheme not in ("http", "https") or not parts.hostname or "@" in parts.netloc or port == 0:
        raise Barred(UNREADABLE)
    return parts


def is_gateway(parts: SplitResult) -> bool:
    """Whether a setting names that host, with or without its port."""
    port = parts.port or (443 if parts.scheme == "https" else 80)
    return named(parts.hostname or "", port)


def named(host: str, port: int) -> bool:
    """The same for a host and a port."""
    gateways = current_app.config["NOTICE_GATEWAYS"]
    return host in gateways or f"{host}:{port}" in gateways


def resolved(host: str, port: int) -> list[Any]:
    """Where that host is now, each address looked at; one private address bars the host. Raises Barred."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise Barred(say(UNKNOWN, host=host)) from None
    if not named(host, port) and not all(is_public(str(info[4][0])) for info in found):
        raise Barred(PRIVATE)
    return list(found)


def is_public(address: str) -> bool:
    """Whether that address belongs to the world; what is wrapped in an IPv6 address is unwrapped first."""
    ip = ipaddress.ip_address(address.split("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo or (None, None))[1]
        if any(ip in network for network in WRAPPED):
            inner = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        ip = inner or ip
    return ip.is_global and not ip.is_multicast and not any(ip in network for network in NOWHERE)
