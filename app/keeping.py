"""Settings that every step asks and hardly anybody changes: read once, kept a few seconds by each process."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic
from typing import Any, Generic, TypeVar
from weakref import WeakKeyDictionary

from app.db import db

T = TypeVar("T")
SECONDS = 10  # so long a change may go unnoticed by the other processes


class Kept(Generic[T]):
    """What `read` finds in the database; whoever changes it says `forget()`, and his own request reads it anew."""

    def __init__(self, read: Callable[[], T]) -> None:
        self.read = read
        self.found: WeakKeyDictionary[Any, tuple[float, T]] = WeakKeyDictionary()

    def __call__(self) -> T:
        """What was found lately, else what is found now."""
        if self in db.session.info:  # changed by this transaction, which nobody else sees yet
            return self.read()
        at, found = self.found.get(db.engine, (None, None))
        if at is None or monotonic() - at > SECONDS:
            found = self.read()
            self.found[db.engine] = monotonic(), found
        return found  # type: ignore[return-value]

    def forget(self) -> None:
        """It was changed: look at it anew."""
        db.session.info[self] = True
        self.found.pop(db.engine, None)
