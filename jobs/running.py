"""Here: doing a job: claim it, keep its lease, write down how it ends. Not here: asking (start), mending (sweep)."""

import os
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from functools import partial
from typing import IO, Any

import structlog
from django.conf import settings
from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils import timezone

from jobs import results
from jobs.errors import Cancelled, Lost, words_of
from jobs.heartbeat import heartbeat
from jobs.models import Job
from jobs.registry import find
from jobs.start import send

BACK_OFF, LONGEST_WAIT = timedelta(seconds=10), timedelta(minutes=10)
CLOCKS_APART = timedelta(seconds=5)
TELL_EVERY = 0.5  # seconds between two writes of progress
GAVE_UP = "多次尝试后仍未完成。请稍后再试;仍不成功时请联系系统管理员。"

logger = structlog.get_logger(__name__)


class Run:
    """One attempt at a job: what its work is given."""

    def __init__(self, job: Job) -> None:
        self.job = job
        self.attempt = job.attempts
        self.arguments: dict[str, Any] = job.arguments
        self.actor = job.actor
        self.project_id = job.project_id
        self.closed = False
        self._result: dict[str, Any] = {}
        self._told = 0.0
        self._depth = len(connection.atomic_blocks)

    def progress(self, done: int, total: int = 0, words: str = "") -> None:
        """Show how far it is; cheap to call often. Raises Cancelled and Lost like `check`."""
        if self._too_soon() and not (total and done >= total):
            return
        self.check(at_once=True)
        if len(connection.atomic_blocks) == self._depth:  # inside a transaction nobody would see it, all would wait
            self.mine().update(done=done, total=total, words=words[:200])

    def check(self, *, at_once: bool = False) -> None:
        """Raises Cancelled when somebody cancelled the job, Lost when it is no longer this run's."""
        if not at_once and self._too_soon():
            return
        self._told = time.monotonic()
        asked = self.mine().values_list("cancel_asked", flat=True).first()
        if asked is None:
            raise Lost
        if asked:
            raise Cancelled

    def keep(self, filename: str, content_type: str, content: bytes | IO[bytes]) -> None:
        """Store the result; a file is read from its beginning. It can be fetched once the job is done."""
        stored = results.write(self.job, self.attempt, content)
        self._result = {"filename": results.safe_name(filename), "content_type": content_type, **stored}

    @contextmanager
    def once(self) -> Iterator[None]:
        """Effects that happen exactly once: they and the end of the job are one transaction. Keep it short, and last.

        Raises Cancelled and Lost before anything was done.
        """
        with transaction.atomic():
            if not self.mine().filter(cancel_asked=False).update(leased_until=lease_end()):
                self.check(at_once=True)
                raise Lost
            yield
            self.close(Job.DONE)

    def close(self, status: str, error: str = "") -> None:
        """Write down how it ended. Raises Lost."""
        now = timezone.now()
        columns: dict[str, Any] = {"status": status, "finished_at": now, "error": error[:500], "words": ""}
        if status == Job.DONE:
            columns |= {**self._result, "expires_at": now + find(self.job.kind).keep if self._result else None}
        if not self.mine().update(**columns):
            raise Lost
        self.closed = True
        kept = self.attempt if status == Job.DONE else 0
        transaction.on_commit(partial(results.remove, self.job, but=kept), robust=True)

    def mine(self) -> QuerySet[Job]:
        """The job's row while this run is still the one that counts."""
        return Job.objects.filter(pk=self.job.pk, status=Job.RUNNING, attempts=self.attempt)

    def _too_soon(self) -> bool:
        return time.monotonic() - self._told < TELL_EVERY


def run(pk: str) -> bool:
    """Do the job if it waits to be done now, whoever else was told to; says whether this call did it."""
    job = claim(pk)
    if job is None:
        return False
    this = Run(job)
    try:
        with heartbeat(this.mine):
            _work(this)
    except Lost:
        logger.warning("job_lost", job=pk, attempt=this.attempt)
    return True


def claim(pk: str) -> Job | None:
    """Take a waiting job for this process; None when there is nothing to take, or another was faster."""
    now = timezone.now()
    job = Job.objects.filter(pk=pk, status=Job.QUEUED, due_at__lte=now + CLOCKS_APART).first()
    if job is None:
        return None
    taken = Job.objects.filter(pk=pk, status=Job.QUEUED, attempts=job.attempts).update(
        status=Job.RUNNING,
        attempts=job.attempts + 1,
        started_at=now,
        leased_until=lease_end(),
        worker=f"{socket.gethostname()[:80]}:{os.getpid()}",
        done=0,
        total=0,
        words="",
        error="",
    )
    return Job.objects.select_related("actor__organization", "jurisdiction").get(pk=pk) if taken else None


def lease_end():
    """Until when a run counts as alive without being heard of."""
    return timezone.now() + settings.JOBS_LEASE


def _work(this: Run) -> None:
    try:
        find(this.job.kind).function(this)
    except Lost:
        raise
    except Cancelled:
        this.close(Job.CANCELLED)
    except Exception as error:  # work may fail in any way; how it goes on is decided here
        _failed(this, error)
    else:
        if not this.closed:
            this.close(Job.DONE)


def _failed(this: Run, error: Exception) -> None:
    if this.closed:
        logger.exception("job_failed_after_its_end", job=str(this.job.pk), kind=this.job.kind)
    elif (words := words_of(error)) is not None:
        this.close(Job.FAILED, words)
    elif this.attempt >= this.job.last_attempt:
        logger.exception("job_gave_up", job=str(this.job.pk), kind=this.job.kind, attempt=this.attempt)
        this.close(Job.FAILED, GAVE_UP)
    else:
        logger.warning("job_failed", job=str(this.job.pk), kind=this.job.kind, attempt=this.attempt, exc_info=True)
        _again(this)


def _again(this: Run) -> None:
    wait = back_off(this.job, this.attempt)
    words = f"第 {this.attempt} 次没有成功,稍后自动再试。"
    if this.mine().update(status=Job.QUEUED, due_at=timezone.now() + wait, sent_at=None, words=words):
        send(this.job.pk, this.job.kind, wait)


def back_off(job: Job, attempt: int) -> timedelta:
    """10, 20, 40 … seconds, at most 10 minutes, and up to a fifth more so that jobs do not come back all together."""
    wait = min(BACK_OFF * 2 ** (attempt - 1), LONGEST_WAIT)
    return wait * (1 + job.pk.int % 100 / 500)
