"""Here: two real workers doing jobs, one of them killed if asked. Not here: what the jobs are (marks, papering)."""

import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from subprocess import Popen

from django.db import transaction

from bench.processes import cpu, peak
from jobs import sweep as rounds
from jobs.models import Job
from jobs.start import start
from tests.jobs.workers import spawn, stop

LEASE = 5  # seconds without a sign of life; a minute in production


class Crew:
    """Workers of one process each; whoever is killed is replaced at once, as a supervisor does."""

    def __init__(self, size: int = 2) -> None:
        rounds.RESEND = timedelta(seconds=LEASE)
        self.workers = [spawn(number, lease=LEASE) for number in range(size)]
        self.killed_at: float | None = None
        self.gone: list[Popen] = []

    def ask(self, kind: str, given: list[dict]) -> list[str]:
        """Queue a job for each, in one transaction; their ids."""
        with transaction.atomic():
            return [str(start(kind, actor=None, **arguments).pk) for arguments in given]

    def finish(self, jobs: list[str], *, kill_after: int | None = None) -> float:
        """Wait until all are done, sweeping each second as beat does each minute; seconds from asking to the last."""
        asked = Job.objects.filter(pk__in=jobs)
        began = asked.order_by("created_at").values_list("created_at", flat=True)[0]
        while left := asked.filter(status__in=Job.UNFINISHED).count():
            if kill_after is not None and self.killed_at is None and len(jobs) - left >= kill_after:
                self.kill_one()
            rounds.sweep()
            time.sleep(0.2 if kill_after is not None else 1)
        failed = Counter(asked.exclude(status=Job.DONE).values_list("error", flat=True))
        if failed:
            raise SystemExit(f"not done: {failed}")
        last = asked.order_by("-finished_at").values_list("finished_at", flat=True)[0]
        return (last - began).total_seconds()

    def kill_one(self) -> None:
        """kill -9 a worker in the middle of a job, and start another in its place."""
        victim = self.workers.pop(0)
        mine = Job.objects.filter(status=Job.RUNNING, worker__endswith=f":{victim.pid}")
        until = time.monotonic() + 20
        while not mine.exists() and time.monotonic() < until:
            time.sleep(0.001)
        victim.kill()
        victim.wait()
        self.killed_at = time.monotonic()
        self.workers.append(spawn(len(self.gone) + 9, lease=LEASE))
        self.gone.append(victim)

    def warm(self, kind: str, given: Iterator[dict]) -> None:
        """Give work until every worker has done some: starting up is not what is measured."""
        while Job.objects.filter(status=Job.DONE).values("worker").distinct().count() < len(self.workers):
            self.finish(self.ask(kind, [next(given) for _ in range(4)]))

    def memory(self) -> list[int]:
        """Peak MB of each worker that lives."""
        return [round(peak(worker.pid)) for worker in self.workers]

    def seconds_of_cpu(self) -> float:
        """User and system time of the workers that live."""
        return sum(cpu(worker.pid) for worker in self.workers)


def again(jobs: list[str]) -> int:
    """How many needed more than one attempt."""
    return Job.objects.filter(pk__in=jobs, attempts__gt=1).count()


@contextmanager
def crew() -> Iterator[Crew]:
    """Two workers for the block."""
    found = Crew()
    try:
        yield found
    finally:
        stop(found.workers)
