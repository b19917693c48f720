"""Here: jobs in a state a test begins with. Not here: the work they do (works.py)."""

import pytest

from jobs import running
from jobs.models import Job
from jobs.start import start
from tests.jobs import works  # noqa: F401


@pytest.fixture
def made(city):
    """A job of the applicant, done: with a result file."""
    job = start("trial.file", actor=city.applicant, key="made", title="项目表", text="甲乙丙")
    assert running.run(str(job.pk))
    return Job.objects.get(pk=job.pk)
