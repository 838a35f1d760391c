"""What can go wrong with a file, each said once: unfit, too large, no room, no answer, not there."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager

from obstore.exceptions import AlreadyExistsError, BaseError, NotFoundError

from app.tasks import refusals
from workflows.grammar import Sentence, say

FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
SAYS_FULL = ("No space left", "InsufficientStorage", "507 Insufficient", "QuotaExceeded", "StorageFull")


class Fault(refusals.Refused):
    """Whatever goes wrong with a file, in one sentence."""

    def __init__(self, sentence: Sentence) -> None:
        super().__init__(sentence)
        self.args = (sentence,)  # keeps message and values, so that it can still be translated


class Refused(Fault):
    """A file that is not taken; the sentence says what it is and what to do instead."""

    status = 415


class TooLarge(Refused):
    """More bytes than the house takes at once."""

    status = 413


class Unreadable(Fault):
    """A picture that cannot be drawn; its original stays as it is."""

    status = 422


class StorageFull(Fault):
    """No room is left for the file; what was stored before can still be read."""

    status = 507

    def __init__(self) -> None:
        super().__init__(
            say("The file store is full; this file was not stored. Tell the administrator, then upload it again.")
        )


class StorageAway(Fault):
    """The store gave no usable answer."""

    status = 503

    def __init__(self) -> None:
        super().__init__(say("The file store does not answer; nothing was stored. Try again in a few minutes."))


class Missing(LookupError):
    """There is no file under this key."""


@contextmanager
def disk_may_be_full() -> Iterator[None]:
    """Say a full disk in our words; every other fault goes on its way."""
    try:
        yield
    except OSError as error:
        if error.errno in FULL:
            raise StorageFull from error
        raise


@contextmanager
def store_may_fail() -> Iterator[None]:
    """Say in our words what obstore says in its own."""
    try:
        yield
    except (NotFoundError, FileNotFoundError) as error:  # obstore uses either
        raise Missing(str(error)) from error
    except AlreadyExistsError:
        raise
    except BaseError as error:
        full = any(word in str(error) for word in SAYS_FULL)
        raise (StorageFull if full else StorageAway) from error
