"""A part of a file, as browsers ask for it that go on with a download: one span of bytes, or the whole."""

from __future__ import annotations

from flask import Response, request
from werkzeug.datastructures import Range
from werkzeug.exceptions import RequestedRangeNotSatisfiable


def asked(mark: str) -> Range | None:
    """The span that is asked for, while the file is still the one that `mark` names; None means all of it.

    No range at all, or several at once, is answered with the whole file, as the standard allows (RFC 9110, 14.2).
    """
    said = request.range if request.method == "GET" else None
    if said is None or said.units != "bytes" or len(said.ranges) != 1:
        return None
    return said if "If-Range" not in request.headers or request.if_range.etag == mark else None


def within(said: Range, size: int) -> tuple[int, int]:
    """From which byte to before which one, of a file of that size; raises 416 when it has none of them."""
    span = said.range_for_length(size)
    if span is None:
        raise RequestedRangeNotSatisfiable(size)
    return span


def say(answer: Response, mark: str, size: int, span: tuple[int, int] | None) -> None:
    """Which bytes these are, and that parts may be asked for."""
    answer.set_etag(mark)
    answer.accept_ranges = "bytes"
    if span is None:
        answer.content_length = size
        return
    answer.status_code, answer.content_length = 206, span[1] - span[0]
    answer.content_range.set(*span, size)
