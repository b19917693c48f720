"""Here: a job from asking to its end. Not here: crashes (test_crashes), pages (test_pages)."""

from jobs.models import Job
from jobs.start import start
from organizations.models import AuditEvent
from tests.jobs import works  # noqa: F401


def test_it_is_done_after_the_transaction_that_asked(city, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        job = start("trial.mark", actor=city.applicant, key="one", number=7)
        assert Job.objects.get().status == Job.QUEUED
    assert Job.objects.get(pk=job.pk).status == Job.DONE
    assert list(AuditEvent.objects.filter(action="job.trial").values_list("target", flat=True)) == ["7"]
