"""Real catchers: a mail server and an HTTP server on this machine that behave as badly as they are told."""

from __future__ import annotations

import json
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from aiosmtpd.controller import Controller


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


@dataclass
class MailCatcher:
    """What arrived, and what it answers instead of taking it."""

    mails: list[EmailMessage] = field(default_factory=list)
    refuses: str = ""
    port: int = 0

    async def handle_RCPT(self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any) -> str:
        if self.refuses.startswith("5"):
            return self.refuses
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:
        if self.refuses:
            return self.refuses
        self.mails.append(BytesParser(policy=policy.default).parsebytes(envelope.content))
        return "250 OK"


@contextmanager
def mail_catcher(**secured: Any) -> Iterator[MailCatcher]:
    """`tls_context` lets it offer STARTTLS, `ssl_context` speaks TLS from the first byte."""
    catcher = MailCatcher(port=free_port())
    server = Controller(catcher, hostname="127.0.0.1", port=catcher.port, ready_timeout=30, **secured)
    server.start()
    try:
        yield catcher
    finally:
        server.stop()


@dataclass
class HttpCatcher:
    """Calls with their bodies; `behaves` is how the next ones are answered."""

    calls: list[tuple[str, dict[str, str], Any]] = field(default_factory=list)
    behaves: str = "well"
    port: int = 0

    @property
    def at(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def answer(self, hand: BaseHTTPRequestHandler) -> None:
        body = hand.rfile.read(int(hand.headers["Content-Length"]))
        self.calls.append((hand.path, dict(hand.headers), json.loads(body)))
        how = self.behaves
        if how == "hang":
            time.sleep(3)
        elif how == "slowly":
            self._slowly(hand)
        elif how.startswith("to "):
            _said(hand, 302, b"", Location=how[3:])
        elif how.isdigit():
            _said(hand, int(how), b"{}", **{"Retry-After": "7"} if how == "429" else {})
        else:
            _said(hand, 200, BODIES[how])

    def _slowly(self, hand: BaseHTTPRequestHandler) -> None:
        hand.wfile.write(b"HTTP/1.1 200 OK\r\n")
        for _byte in range(60):
            try:
                hand.wfile.write(b"X-A: 1\r\n")
                hand.wfile.flush()
            except OSError:
                return
            time.sleep(0.05)


BODIES = {
    "well": b'{"errcode":0,"code":0,"errmsg":"ok"}', "errcode": b'{"errcode":93000,"errmsg":"invalid"}',
    "code": b'{"code":19021,"msg":"sign match fail"}', "too_often": b'{"errcode":45009}',
    "broken": b'{"errcode":', "silent": b"{}", "list": b"[]",
}  # fmt: skip


def _said(hand: BaseHTTPRequestHandler, status: int, body: bytes, **headers: str) -> None:
    hand.send_response(status)
    for name, value in headers.items():
        hand.send_header(name, value)
    hand.send_header("Content-Length", str(len(body)))
    hand.end_headers()
    hand.wfile.write(body)


@contextmanager
def http_catcher() -> Iterator[HttpCatcher]:
    catcher = HttpCatcher()

    class Hand(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            catcher.answer(self)

        def do_GET(self) -> None:
            catcher.calls.append((self.path, dict(self.headers), None))
            _said(self, int(catcher.behaves) if catcher.behaves.isdigit() else 200, b"")

        def log_message(self, *_said: Any) -> None:
            """Says nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Hand)
    server.daemon_threads = True
    catcher.port = server.server_address[1]
    running = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    running.start()
    try:
        yield catcher
    finally:
        server.shutdown()
        server.server_close()
        running.join()
