"""Rules as patterns that are put together when they are first asked: a ledger is read without those of prose."""

from __future__ import annotations

import re
from typing import Any, cast


class _Rule:
    """Stands for a compiled pattern; its methods are those of the pattern from the first call on."""

    __slots__ = ("__dict__", "flags", "text")

    def __init__(self, text: str, flags: int) -> None:
        self.text, self.flags = text, flags

    def __getattr__(self, name: str) -> Any:
        compiled = re.compile(self.text, self.flags)
        for method in ("match", "search", "fullmatch", "finditer", "findall", "sub", "split"):
            setattr(self, method, getattr(compiled, method))
        return getattr(compiled, name)


_KNOWN: list[_Rule] = []


def rule(text: str, flags: int = 0) -> re.Pattern[str]:
    """The pattern, put together when somebody first asks it."""
    _KNOWN.append(_Rule(text, flags))
    return cast("re.Pattern[str]", _KNOWN[-1])


def put_together() -> None:
    """All of them at once: for a process that forks for every reading."""
    for one in _KNOWN:
        one.__getattr__("pattern")
