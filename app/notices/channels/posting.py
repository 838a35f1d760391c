"""One POST with JSON to an outside address: checked when it is resolved, no redirects, small answers, a time limit."""

from __future__ import annotations

import json
import logging
import socket
from dataclasses import dataclass
from typing import Any

import urllib3
from flask import current_app
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.exceptions import HTTPError, MaxRetryError, NameResolutionError, NewConnectionError

from app.notices.channels import NotSent, guard
from app.notices.channels.limits import Line, limited
from workflows.grammar import say

MOST = 64 * 1024  # bytes of an answer that are read
REST = 60.0  # seconds in which a channel that cannot be reached is left alone
# urllib3 writes whole addresses at DEBUG, and a robot's address is its password.
logging.getLogger("urllib3.connectionpool").setLevel(logging.INFO)


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    body: bytes
    retry_after: float

    @property
    def json(self) -> dict[str, Any]:
        """The body as an object; raises ValueError for anything else."""
        found = json.loads(self.body)
        if not isinstance(found, dict):
            raise ValueError("not an object")
        return found


def post(address: str, body: bytes, headers: dict[str, str] | None = None) -> Answer:
    """Send it and read the answer; raises NotSent when there was none."""
    parts = guard.parsed(address)
    said = {"Content-Type": "application/json; charset=utf-8", "User-Agent": "Rectify", **(headers or {})}
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    seconds = current_app.config["SEND_SECONDS"]
    with limited(seconds) as line:
        pool = _pool(parts.scheme, parts.hostname or "", parts.port, line, seconds)
        try:
            answer = pool.urlopen("POST", path, body=body, headers=said, retries=False, redirect=False,
                                  preload_content=False)  # fmt: skip
            read = answer.read(MOST, decode_content=True)
            return Answer(answer.status, read, _seconds(answer.headers.get("Retry-After", "")))
        except guard.Barred as barred:
            raise NotSent(barred.why) from None
        except (HTTPError, OSError) as broken:
            raise _why(broken, line) from None
        finally:
            pool.close()


def _why(broken: Exception, line: Line) -> NotSent:
    """In our own words: the library's would spell the whole address."""
    root = broken.reason if isinstance(broken, MaxRetryError) and broken.reason else broken
    if isinstance(root, NewConnectionError | NameResolutionError | ConnectionRefusedError):
        return NotSent(say("Nobody answers at that address."), rests=REST)
    if line.cut:
        return NotSent(say("No whole answer came within the time limit."), in_doubt=True, rests=REST)
    return NotSent(say("The connection broke (%(kind)s).", kind=type(root).__name__), in_doubt=True, rests=REST)


def _seconds(text: str) -> float:
    return min(float(text), 3600.0) if text.isdigit() else 0.0


def _pool(scheme: str, host: str, port: int | None, line: Line, seconds: float) -> HTTPConnectionPool:
    timeout = urllib3.Timeout(connect=min(5.0, seconds), read=seconds)
    if scheme == "https":
        secure = HTTPSConnectionPool(host, port, maxsize=1, timeout=timeout)
        secure.ConnectionCls = type("Guarded", (_Guarded, HTTPSConnection), {"line": line})
        return secure
    plain = HTTPConnectionPool(host, port, maxsize=1, timeout=timeout)
    plain.ConnectionCls = type("Guarded", (_Guarded, HTTPConnection), {"line": line})
    return plain


class _Guarded(HTTPConnection):
    """Connects to an address that was looked at, and to no other: a name may not change its mind in between."""

    line: Line

    def _new_conn(self) -> socket.socket:
        port = self.port or self.default_port
        broken: OSError | None = None
        for family, kind, proto, _name, place in guard.resolved(self._dns_host, port):
            connection = socket.socket(family, kind, proto)
            try:
                connection.settimeout(self.timeout if isinstance(self.timeout, int | float) else 5.0)
                connection.connect(place)
                return self.line.holds(connection)
            except OSError as failed:
                connection.close()
                broken = failed
        raise NewConnectionError(self, type(broken).__name__)
