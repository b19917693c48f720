"""Here: the ledgers' monthly anchor as a Celery task. Not here: what it holds (anchors)."""

from celery import shared_task

from projects.anchors import write_anchor


@shared_task(name="projects.tasks.anchor")
def anchor() -> None:
    """Write down all heads, by Celery beat; running twice on one day adds nothing."""
    write_anchor()
