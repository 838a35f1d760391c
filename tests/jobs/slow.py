"""An application with one more kind of work, slow and with an effect that can be counted."""

from __future__ import annotations

import os
import signal
import sys
import time

from sqlalchemy.pool import NullPool

import config
from app import create_app
from app.clock import now
from app.db import db
from app.jobs.commands import worker
from app.jobs.kinds import Made, long_work
from app.jobs.work import Work
from app.people.models import Attempt

STEPS = 30


@long_work("slow", "Slow work")
def slowly(work: Work) -> Made:
    path, login = work.file(".csv"), f"job-{work.job_id}"
    with path.open("w") as file:
        for number in range(STEPS):
            work.far(number, STEPS)
            file.write(f"{number}\n")
            time.sleep(work.params.get("pause", 0.0))

    def then() -> None:
        db.session.add(Attempt(login=login, ip="", at=now(), succeeded=True))

    return Made(path, "slow.csv", "text/csv", then=then)


def nursery(data_dir: str, url: str) -> None:
    """Loads the house once, then gives birth to a worker for every line it reads, and says its number."""
    settings = config.from_environment({"DATA_DIR": data_dir, "DATABASE_URL": url, "DEMO": "0"})
    app = create_app(settings | {"JOB_LEASE_SECONDS": 1, "SQLALCHEMY_ENGINE_OPTIONS": {"poolclass": NullPool}})
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    for _line in sys.stdin:
        born = os.fork()
        if born == 0:
            with app.app_context():
                worker.main([], standalone_mode=False)
            os._exit(0)
        print(born, flush=True)


if __name__ == "__main__":
    nursery(*sys.argv[1:])
