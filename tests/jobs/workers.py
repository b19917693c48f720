"""Here: real worker processes on the database and broker of a test or a measurement. Not here: what they are given."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.db import connection

from egov_projects.supervisor import end_with_parent

QUEUES = "default,documents,imports"


def environment(lease: int) -> dict[str, str]:
    """What a worker needs to stand beside this process."""
    known = connection.settings_dict
    url = f"sqlite://{known['NAME']}"
    if connection.vendor == "postgresql":
        url = f"postgres://{known['USER']}@/{known['NAME']}?host={known['HOST']}"
    own = {"DATABASE_URL": url, "REDIS_URL": settings.REDIS_URL, "EGOV_JOBS_LEASE": str(lease)}
    quiet = {"PYTHONWARNINGS": "ignore", "PYTHONPATH": str(settings.BASE_DIR)}
    return {**os.environ, **own, **quiet, "EGOV_ENV": "test", "LOG_LEVEL": "ERROR"}


def spawn(number: int, *, lease: int) -> subprocess.Popen:
    """A worker that does one job at a time, in one process."""
    command = [sys.executable, "-m", "celery", "--quiet", "-A", "egov_projects", "worker", "-P", "solo", "-Q", QUEUES]
    options = [
        "-I",
        "tests.jobs.works,bench.works",
        "-l",
        "ERROR",
        "--without-gossip",
        "--without-mingle",
        "--without-heartbeat",
    ]
    name = ["-n", f"w{number}@%h"]
    return subprocess.Popen([*command, *options, *name], env=environment(lease), preexec_fn=end_with_parent)


def stop(started: list[subprocess.Popen]) -> None:
    """End them at once."""
    for process in started:
        process.kill()
        process.wait()


@contextmanager
def workers(count: int, *, lease: int = 2) -> Iterator[list[subprocess.Popen]]:
    """So many workers; all are ended afterwards."""
    started = [spawn(number, lease=lease) for number in range(count)]
    try:
        yield started
    finally:
        stop(started)
