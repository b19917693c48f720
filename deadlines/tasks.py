"""Here: the sweep as a Celery task. Not here: the sweep itself."""

from celery import shared_task

from deadlines import sweep as round_


@shared_task(name="deadlines.tasks.sweep")
def sweep() -> None:
    """The daily round, by Celery beat; running twice on one day adds nothing."""
    round_.sweep()
