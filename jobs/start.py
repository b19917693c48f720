"""Here: asking for work, cancelling it, asking again. Not here: doing it (running), what a crash left (sweep)."""

import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import timedelta
from functools import partial

import structlog
from django.db import transaction
from django.utils import timezone

from jobs import results
from jobs.models import Job
from jobs.registry import find, known, queue
from organizations import audit
from organizations.models import User

BROKER_REST = 5.0  # seconds in which a broker that was away is not asked again by this process
_away_until = 0.0
_left: ContextVar[bool] = ContextVar("left_to_sweep", default=False)

logger = structlog.get_logger(__name__)


def start(
    kind: str, *, actor: User | None, key: str = "", title: str = "", project=None, jurisdiction=None, **arguments
) -> Job:
    """Ask for work, once: the same `key` is the same job, never a second, whoever asks.

    `project` is a project or its id; `arguments` are plain data (JSON). The work begins after this transaction.
    Raises LookupError for an unknown kind.
    """
    work = find(kind)
    unit = getattr(actor, "organization", None)
    place = jurisdiction or getattr(project, "jurisdiction", None) or getattr(unit, "jurisdiction", None)
    job, is_new = Job.objects.get_or_create(
        key=key or str(uuid.uuid4()),
        defaults={
            "kind": kind,
            "title": (title or work.label)[:200],
            "actor": actor,
            "project_id": getattr(project, "pk", project),
            "jurisdiction": place,
            "arguments": arguments,
            "last_attempt": work.attempts,
        },
    )
    if is_new:
        _record(actor, "job.start", job)
        transaction.on_commit(partial(send, job.pk, kind), robust=True)
    return job


def send(pk: uuid.UUID, kind: str, wait: timedelta = timedelta(0)) -> bool:
    """Hand a queued job to the workers; says whether the broker took it. If not, the sweep hands it over later."""
    from jobs.tasks import run

    global _away_until
    if _left.get() or time.monotonic() < _away_until:
        return False
    try:
        run.apply_async([str(pk)], queue=queue(kind), countdown=wait.total_seconds() or None)
    except Exception as fault:  # whatever the broker's client raises: the row is safe, the page must answer
        logger.warning("job_not_sent", job=str(pk), kind=kind, fault=type(fault).__name__)
        _away_until = time.monotonic() + BROKER_REST
        return False
    Job.objects.filter(pk=pk, status=Job.QUEUED).update(sent_at=timezone.now())
    return True


@contextmanager
def left_to_sweep() -> Iterator[None]:
    """Inside, work is asked for but handed to nobody: for loading very much at once, with or without a broker."""
    token = _left.set(True)
    try:
        yield
    finally:
        _left.reset(token)


@transaction.atomic
def cancel(job: Job, *, actor: User | None) -> bool:
    """Stop a job: at once while it waits, at its next step while it runs. Says whether there was anything to stop."""
    now = timezone.now()
    waiting = Job.objects.filter(pk=job.pk, status=Job.QUEUED)
    running = Job.objects.filter(pk=job.pk, status=Job.RUNNING, cancel_asked=False)
    ended = {"status": Job.CANCELLED, "finished_at": now, "words": "", "cancel_asked": True}
    if not (waiting.update(**ended) or running.update(cancel_asked=True)):
        return False
    _record(actor, "job.cancel", job)
    return True


@transaction.atomic
def retry(job: Job, *, actor: User | None) -> bool:
    """Queue a failed or cancelled job again, or one whose result has expired. Says whether it was one."""
    again = Job.objects.select_for_update().filter(pk=job.pk).first()
    if again is None or not may_retry(again):
        return False
    results.remove(again)
    again.status, again.error, again.words, again.cancel_asked = Job.QUEUED, "", "", False
    again.done = again.total = 0
    again.finished_at = again.sent_at = None
    again.due_at = timezone.now()
    again.last_attempt = again.attempts + find(again.kind).attempts
    again.save()
    _record(actor, "job.retry", job)
    transaction.on_commit(partial(send, again.pk, again.kind), robust=True)
    return True


def may_retry(job: Job) -> bool:
    """Whether asking again makes sense: it did not come to its end, and there still is such work."""
    return job.status in (Job.FAILED, Job.CANCELLED) and known(job.kind)


def _record(actor: User | None, action: str, job: Job) -> None:
    # In the detail, not as the event's project: what somebody did on a project is the work itself, not its queueing.
    audit.record(actor, action, target=job.title, job=str(job.pk), kind=job.kind, project=job.project_id)
