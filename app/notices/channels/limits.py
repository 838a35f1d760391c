"""A time limit that holds: whoever sends byte by byte is cut off all the same."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress


class Line:
    """The connection under way, so that it can be cut."""

    def __init__(self) -> None:
        self.cut = False
        self._socket: socket.socket | None = None

    def holds(self, connection: socket.socket) -> socket.socket:
        """Remember it; one that was opened after the limit is closed at once."""
        self._socket = connection
        if self.cut:
            self._close()
        return connection

    def _cut(self) -> None:
        self.cut = True
        self._close()

    def _close(self) -> None:
        if self._socket is not None:
            with suppress(OSError):
                socket.socket.shutdown(self._socket, socket.SHUT_RDWR)


@contextmanager
def limited(seconds: float) -> Iterator[Line]:
    """Everything over the line that is given must be done within so many seconds."""
    line = Line()
    timer = threading.Timer(seconds, line._cut)
    timer.daemon = True
    timer.start()
    try:
        yield line
    finally:
        timer.cancel()
