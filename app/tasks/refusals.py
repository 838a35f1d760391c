"""Why the door stays shut: each refusal is the sentence the person reads."""

from __future__ import annotations

from collections.abc import Sequence

from workflows.grammar import Sentence


class Refused(Exception):
    """A change that the law does not allow; nothing was changed."""

    status = 422

    def __init__(self, *sentences: Sentence) -> None:
        super().__init__(" ".join(sentences))
        self.sentences: Sequence[Sentence] = sentences


class OutOfTurn(Refused):
    """The task has moved on, or this step does not exist where it stands."""

    status = 409


class NotYours(Refused):
    """Somebody else may do this."""

    status = 403


class NotYet(Refused):
    """Something is still missing."""

    status = 422
