"""Where a zip is written to while it is sent: nobody goes back in it, and what was taken is not kept."""

from __future__ import annotations

import io
from typing import Any


class Outlet(io.RawIOBase):
    """What a zip is written to when nobody can go back in it: the bytes lie here until they are taken."""

    def __init__(self) -> None:
        self._held = bytearray()

    def writable(self) -> bool:
        """It is only written to."""
        return True

    def write(self, content: Any) -> int:
        """Hold these bytes."""
        self._held += content
        return len(content)

    def taken(self) -> bytes:
        """What was written since somebody last took it."""
        held = bytes(self._held)
        self._held.clear()
        return held
