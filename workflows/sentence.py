"""Sentences for people, which remember what they were made of."""

from __future__ import annotations

from collections.abc import Mapping


class Sentence(str):
    """A sentence for people that remembers its message and values, so that the house can translate it."""

    message: str
    values: Mapping[str, object]

    def __new__(cls, message: str, **values: object) -> Sentence:
        made = super().__new__(cls, message % values if values else message)
        made.message, made.values = message, values
        return made

    def __getnewargs_ex__(self) -> tuple[tuple[str], dict[str, object]]:
        return (self.message,), dict(self.values)


def say(message: str, **values: object) -> Sentence:
    """Speak `message` with `%(name)s` places filled from `values`."""
    return Sentence(message, **values)
