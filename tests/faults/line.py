"""A bad line: a proxy that lets few bytes a second through and cuts connections off, as a village's network does."""

from __future__ import annotations

import random
import socket
import struct
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from math import inf

WINDOW = 256 * 1024  # bytes a connection carries between two throws of the dice
BLOCK = 8 * 1024
RESET = struct.pack("ii", 1, 0)


class Line:
    """From its own port to `port`: `rate` bytes a second up; each window a connection is cut with chance `cut`.

    It carries everything as long as it `is_good`.
    """

    def __init__(self, port: int, rate: int, cut: float, seed: int) -> None:
        self.port, self.rate, self.cut, self.dice = port, rate, cut, random.Random(seed)
        self.up = self.cuts = 0
        self.is_good = False
        self.free_at, self.turn = time.monotonic(), threading.Lock()
        self.listening = socket.create_server(("127.0.0.1", 0))
        self.address = f"http://127.0.0.1:{self.listening.getsockname()[1]}"

    @contextmanager
    def open(self) -> Iterator[Line]:
        threading.Thread(target=self._accept, daemon=True).start()
        try:
            yield self
        finally:
            self.listening.close()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                near, _where = self.listening.accept()
                self._join(near)

    def _join(self, near: socket.socket) -> None:
        try:
            far = socket.create_connection(("127.0.0.1", self.port))
        except OSError:  # the house is not there, or no more
            near.close()
            return
        threading.Thread(target=self._upwards, args=(near, far), daemon=True).start()
        threading.Thread(target=self._downwards, args=(far, near), daemon=True).start()

    def _upwards(self, near: socket.socket, far: socket.socket) -> None:
        left = inf
        with suppress(OSError), near, far:
            while block := near.recv(BLOCK):
                self._wait(len(block))
                self.up += len(block)
                if left == inf and not self.is_good:
                    left = self._until_cut()
                left -= len(block)
                if left <= 0:
                    self.cuts += 1
                    near.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
                    far.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
                    return
                far.sendall(block)

    def _until_cut(self) -> float:
        carried = 0.0
        while self.dice.random() >= self.cut:
            carried += WINDOW
        return carried + self.dice.uniform(0, WINDOW)

    def _downwards(self, far: socket.socket, near: socket.socket) -> None:
        with suppress(OSError):
            while block := far.recv(BLOCK):
                near.sendall(block)
        with suppress(OSError):
            near.shutdown(socket.SHUT_WR)

    def _wait(self, count: int) -> None:
        with self.turn:
            self.free_at = max(self.free_at, time.monotonic()) + count / self.rate
            pause = self.free_at - time.monotonic()
        time.sleep(max(0.0, pause))
