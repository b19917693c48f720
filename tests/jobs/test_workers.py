"""Here: real workers on the real broker, and their death. Not here: what a run does (test_running)."""

import time
from datetime import timedelta

import pytest
from django.db import transaction

from jobs import sweep as round_
from jobs.models import Job
from jobs.start import cancel, start
from organizations.models import AuditEvent
from tests.jobs.workers import workers

# One group: two tests that listen to the same queues would take each other's messages.
pytestmark = [pytest.mark.redis, pytest.mark.xdist_group("broker"), pytest.mark.django_db(transaction=True)]


def until(condition, seconds: float = 40) -> None:
    """Wait, sweeping as beat would."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, list(Job.objects.values_list("status", "attempts", "error", "words"))
        round_.sweep()  # also sends what this process kept back because an earlier test had no broker
        time.sleep(0.1)


def marks() -> list[str]:
    return sorted(AuditEvent.objects.filter(action="job.trial").values_list("target", flat=True), key=int)


def wait_and_cancel() -> None:
    job = start("trial.slow", actor=None, key="unwanted", seconds=60)
    until(lambda: Job.objects.filter(pk=job.pk, status=Job.RUNNING).exists())
    assert cancel(job, actor=None)
    until(lambda: Job.objects.filter(pk=job.pk, status=Job.CANCELLED).exists())
    job.delete()


def test_work_is_cancelled_on_the_way_and_a_killed_worker_costs_nothing_and_repeats_nothing(monkeypatch):
    monkeypatch.setattr(round_, "RESEND", timedelta(seconds=2))
    with workers(2) as (victim, _):
        wait_and_cancel()
        with transaction.atomic():
            for number in range(12):
                start("trial.slow", actor=None, key=f"kill:{number}", number=number, seconds=0.5)
            assert not Job.objects.exclude(sent_at=None).exists(), "sent after the transaction only"
        until(lambda: Job.objects.filter(status=Job.DONE).count() > 3)
        until(lambda: Job.objects.filter(status=Job.RUNNING, worker__endswith=f":{victim.pid}").exists())
        victim.kill()
        until(lambda: not Job.objects.exclude(status=Job.DONE).exists())
    assert marks() == [str(number) for number in range(12)]
    assert Job.objects.filter(attempts=2).count() == 1
