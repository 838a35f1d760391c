"""What is asked of the server before the app, where that is gunicorn."""

from __future__ import annotations

AHEAD = 128 * 1024  # bytes


def read_little_ahead() -> None:
    """Have it take no more of a request's body from the network at once than is asked of it next.

    By itself it takes up to 1 MB, and copies what is left of that for each block that is asked of it, which is
    once for every 64 KB (`python -m bench upload` shows what a photo costs).
    """
    from gunicorn.http.unreader import SocketUnreader  # commands and tests need no server

    SocketUnreader.max_body_chunk = AHEAD
