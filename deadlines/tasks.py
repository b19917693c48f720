"""Here: the sweep as a Celery task. Not here: the sweep itself."""

from celery import shared_task

from deadlines import sweep as round_
from projects.standing import refresh_by_day


@shared_task(name="deadlines.tasks.sweep")
def sweep() -> None:
    """The daily round, then the flags that the day raises, by Celery beat; running twice on one day adds nothing."""
    round_.sweep()
    refresh_by_day()
