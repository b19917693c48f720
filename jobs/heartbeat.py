"""Here: a thread that keeps the lease of a job while its work is busy. Not here: what a lease means (running, sweep)."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import structlog
from django.conf import settings
from django.db import DatabaseError, connection
from django.db.models import QuerySet
from django.utils import timezone

logger = structlog.get_logger(__name__)


@contextmanager
def heartbeat(row: Callable[[], QuerySet]) -> Iterator[None]:
    """Move the end of the lease while the block runs, three times in a lease; short work never gets there."""
    over = threading.Event()
    thread = threading.Thread(target=_beat, args=(row, over), name="job-heartbeat", daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()


def _beat(row: Callable[[], QuerySet], over: threading.Event) -> None:
    while not over.wait(settings.JOBS_LEASE.total_seconds() / 3):
        try:
            row().update(leased_until=timezone.now() + settings.JOBS_LEASE)
        except DatabaseError:
            logger.warning("job_heartbeat_missed", exc_info=True)
        finally:
            connection.close()
