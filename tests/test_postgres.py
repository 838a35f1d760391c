"""The throw-away PostgreSQL: shared by a run, unprivileged, and gone with the run."""

import os
import select
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

pytestmark = pytest.mark.faults

# A run of its own, so that ending it does not end the one that these tests are part of.
ALONE = """
import os; os.environ.pop("RECTIFY_TEST_RUN")
from tests import postgres
cluster = postgres.start()
assert postgres.start() == cluster
cluster.create("one"); cluster.create("two", template="one"); cluster.drop("one")
print(cluster.folder, flush=True)
"""

GUEST = "from tests import postgres; postgres.start().stop()"


@pytest.fixture
def run():
    """Starts a run of its own that then waits for its standard input."""
    started = []

    def begin(then: str) -> tuple[subprocess.Popen, Path]:
        process = subprocess.Popen(
            [sys.executable, "-c", ALONE + then], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        started.append(process)
        folder = process.stdout.readline().strip()
        if not folder:
            not_run = pytest.fail if os.environ.get("CI") == "true" else pytest.skip
            not_run("NOT RUN: no PostgreSQL can be started on this machine")
        return process, Path(folder)

    yield begin
    for process in started:
        process.kill()
        process.communicate()


def server_of(folder: Path) -> int:
    return int((folder / "data" / "postmaster.pid").read_text().split()[0])


def databases(folder: Path) -> set[str]:
    with psycopg.connect(host=str(folder), user="postgres") as connection:
        return {name for (name,) in connection.execute("SELECT datname FROM pg_database")}


def test_a_run_has_one_cluster_and_makes_databases_in_it_and_takes_all_away(run):
    process, folder = run("input(); cluster.stop()")
    assert "two" in databases(folder)
    assert "one" not in databases(folder)
    assert os.stat(f"/proc/{server_of(folder)}").st_uid != 0
    process.communicate("\n")
    assert not folder.exists()


def test_a_killed_run_leaves_no_server_behind(run):
    process, folder = run("input()")
    server = server_of(folder)
    ended = os.pidfd_open(server)
    process.kill()
    assert select.select([ended], [], [], 20)[0]
    os.close(ended)


def test_a_worker_is_a_guest_and_cannot_end_the_cluster(run):
    process, folder = run(f"""
import subprocess, sys
subprocess.run([sys.executable, "-c", {GUEST!r}], check=True)
print(cluster.folder.exists(), flush=True)
cluster.stop()
""")
    assert process.stdout.readline() == "True\n"
    process.wait(20)
    assert not folder.exists()
