"""What a child of `app.standby` does: it waits for orders and forks for each a process with little memory and time.

The fork may open no file for writing, holds none of the pipes to the house and knows no more than the child did
before it saw the first hostile byte. Standard library only: it is loaded by scripts that know nothing of the house.
"""

from __future__ import annotations

import gc
import os
import resource
import sys
from collections.abc import Callable

MEMORY = 512 * 1024 * 1024
SECONDS = 20
LONGEST = 256 * 1024 * 1024  # no answer is longer; a process that was taken over may not fill the memory of the child
DONE = b"\0"  # else the number of the signal that ended the fork, or FAILED
FAILED = b"\xff"


def serve(work: Callable[[bytes], bytes]) -> None:
    """Answer every line that comes in until nobody asks any more: a verdict, the length in four bytes, the answer."""
    gc.collect()
    gc.freeze()
    out = sys.stdout.buffer
    for order in sys.stdin.buffer:
        verdict, told = _forked(work, order)
        out.write(verdict + len(told).to_bytes(4) + told)
        out.flush()


def _forked(work: Callable[[bytes], bytes], order: bytes) -> tuple[bytes, bytes]:
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        _do(work, order, writing)
    os.close(writing)
    with os.fdopen(reading, "rb") as answer:
        told = answer.read(LONGEST)
    _pid, ended = os.waitpid(child, 0)
    if ended or len(told) == LONGEST:
        return (bytes([os.WTERMSIG(ended)]) if os.WIFSIGNALED(ended) else FAILED), b""
    return DONE, told


def _do(work: Callable[[bytes], bytes], order: bytes, writing: int) -> None:
    """In the fork: hands tied before the first byte is looked at; it ends with its answer."""
    ended = 1
    try:
        nothing = os.open(os.devnull, os.O_RDWR)
        os.dup2(nothing, 0)
        os.dup2(nothing, 1)
        tie_hands()
        gc.disable()  # what is never collected costs no time
        with os.fdopen(writing, "wb") as answer:
            answer.write(work(order))
        ended = 0
    finally:
        os._exit(ended)


def tie_hands() -> None:
    """Little memory and time, no file to write into, no core."""
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS + 1))  # a second in which to say so
    for limit, most in ((resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_FSIZE, 0), (resource.RLIMIT_CORE, 0)):
        resource.setrlimit(limit, (most, most))
