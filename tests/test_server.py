"""The server before the app takes little more of a body than is asked of it."""

from __future__ import annotations

import socket

from gunicorn.http.unreader import SocketUnreader

from app.server import AHEAD, read_little_ahead


def test_a_body_is_taken_from_the_network_as_it_is_asked_for(monkeypatch):
    monkeypatch.setattr(SocketUnreader, "max_body_chunk", SocketUnreader.max_body_chunk)  # as it was, afterwards
    read_little_ahead()
    ours, theirs = socket.socketpair()
    with ours, theirs:
        theirs.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 4 * AHEAD)
        theirs.sendall(bytes(AHEAD + 1000))
        unread = SocketUnreader(ours)
        assert len(unread.read(1000, read_ahead=AHEAD + 1000)) == 1000
        assert len(unread.buf.getvalue()) <= AHEAD - 1000
        assert len(unread.read(AHEAD, read_ahead=AHEAD)) == AHEAD
