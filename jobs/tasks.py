"""Here: jobs as Celery tasks. Not here: what a run does (running), what the sweep mends (sweep)."""

from celery import shared_task

from jobs import running
from jobs import sweep as round_


@shared_task(name="jobs.tasks.run")
def run(job: str) -> None:
    """Do a job by its id; a message that comes twice does nothing the second time."""
    running.run(job)


@shared_task(name="jobs.tasks.sweep")
def sweep() -> None:
    """Every minute, by Celery beat: mend what crashes left, let old results go."""
    round_.sweep()
