"""Here: the care for the kept sums as Celery tasks. Not here: how they are kept and compared (rollups, drift)."""

from celery import shared_task

from reports.drift import compare
from reports.rollups import fold


@shared_task(name="reports.tasks.fold_rollups")
def fold_rollups() -> None:
    """Fold the changes of the sums, by Celery beat; running twice changes nothing."""
    fold()


@shared_task(name="reports.tasks.check_rollups")
def check_rollups() -> None:
    """The daily comparison of the sums with the raw rows; a difference is shown, never put right by itself."""
    compare()
