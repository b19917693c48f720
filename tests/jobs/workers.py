"""Here: real worker processes on the database and broker of a test or a measurement. Not here: what they are given."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

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
    return {**os.environ, **own, "EGOV_ENV": "test", "LOG_LEVEL": "ERROR", "PYTHONPATH": str(settings.BASE_DIR)}


@contextmanager
def workers(count: int, *, lease: int = 2, include: str = "tests.jobs.works") -> Iterator[list[subprocess.Popen]]:
    """So many workers, each one process that does one job at a time; all are ended afterwards."""
    command = [sys.executable, "-m", "celery", "--quiet", "-A", "egov_projects", "worker", "-P", "solo", "-Q", QUEUES]
    options = ["-I", include, "-l", "ERROR", "--without-gossip", "--without-mingle", "--without-heartbeat"]
    started = [
        subprocess.Popen(
            [*command, *options, "-n", f"w{number}@%h"], env=environment(lease), preexec_fn=end_with_parent
        )
        for number in range(count)
    ]
    try:
        yield started
    finally:
        for process in started:
            process.send_signal(signal.SIGKILL)
            process.wait()


def peak_memory(process: subprocess.Popen) -> float:
    """The most memory it has held, in MB (Linux)."""
    lines = Path(f"/proc/{process.pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) / 1024
