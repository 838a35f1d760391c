"""Children that wait and fork: an order that fails ends alone, late ones are ended, a fork holds nothing of ours."""

from __future__ import annotations

import signal
import time
from pathlib import Path

import pytest

from app import forking, standby
from app.standby import Standby, TooSlow

HOUSE = Path(__file__).parents[1]
SCRIPT = f"""
import os, sys, time
sys.path.insert(0, {str(HOUSE / "app")!r})
import forking
forking.SECONDS, seen = 1, []

def work(order):
    word = order.strip().decode()
    seen.append(word)
    if word == "turn":
        while True: pass
    if word == "sleep":
        time.sleep(60)
    if word == "fill":
        return bytes(2 * forking.MEMORY)
    if word.startswith("write"):
        open(word.split()[1], "w").write("x" * 9000)
    if word == "listen":
        return sys.stdin.buffer.read() + repr(seen).encode()
    if word == "shout":
        os.write(1, b"forged")
    return word.encode() + str(os.getppid()).encode()

forking.serve(work)
"""


@pytest.fixture
def waiting(tmp_path):
    script = tmp_path / "child.py"
    script.write_text(SCRIPT)
    waiting = Standby(str(script), at_once=1)
    yield waiting
    waiting.close()


def test_a_child_waits_for_the_next_order_and_each_is_worked_on_in_a_fork_of_its_own(waiting):
    first, second = waiting.ask(b"one", 60), waiting.ask(b"two", 60)
    assert (first[0], second[0]) == (forking.DONE, forking.DONE)
    assert first[1].removeprefix(b"one") == second[1].removeprefix(b"two") == str(waiting.idle[0].pid).encode()
    assert waiting.ask(b"listen", 60)[1] == b"['listen']", "it neither hears the house nor knows of other orders"
    assert waiting.ask(b"shout", 60)[1].startswith(b"shout"), "nor can it speak to the house past the child"


def test_a_fork_that_wants_too_much_ends_alone_and_the_child_goes_on(waiting, tmp_path):
    assert waiting.ask(b"one", 60)[0] == forking.DONE
    child = waiting.idle[0]
    assert waiting.ask(b"fill", 60) == (forking.FAILED, b"")
    assert waiting.ask(b"turn", 60) == (bytes([signal.SIGXCPU]), b""), "after its second"
    kept = tmp_path / "written"
    assert waiting.ask(b"write " + bytes(kept), 60)[0] != forking.DONE
    assert not kept.exists() or not kept.stat().st_size
    assert waiting.ask(b"two", 60)[0] == forking.DONE
    assert waiting.idle == [child]


def test_a_late_answer_ends_the_child_with_its_fork_and_the_next_order_begins_another(waiting):
    waiting.ask(b"one", 60)
    child = waiting.idle[0]
    began = time.monotonic()
    with pytest.raises(TooSlow):
        waiting.ask(b"sleep", 0.1)
    assert time.monotonic() - began < 30
    assert (waiting.idle, child.poll() is None) == ([], False)
    assert not _alive(child.pid)
    assert waiting.ask(b"two", 60)[0] == forking.DONE
    assert waiting.idle[0].pid != child.pid


def test_an_order_that_is_given_up_meanwhile_ends_at_once(waiting, monkeypatch):
    monkeypatch.setattr(standby, "BETWEEN", 0.01)

    def given_up() -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        waiting.ask(b"sleep", 60, given_up)
    assert waiting.idle == []


def _alive(group: int) -> list[str]:
    """The processes of a group that have not ended."""
    stats = [_stat(path) for path in Path("/proc").glob("[0-9]*/stat")]
    return [stat for stat in stats if stat and stat.split()[2] == str(group) and stat[0] not in "ZX"]


def _stat(path: Path) -> str:
    """Its state, its parent, its group and more; nothing when it ended meanwhile."""
    try:
        return path.read_text().rsplit(") ", 1)[1]
    except (FileNotFoundError, ProcessLookupError):
        return ""
