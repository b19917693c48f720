"""Here: the desk's letters as Celery tasks. Not here: what they say (letters)."""

from celery import shared_task

from desk.letters import write_at_once, write_digests


@shared_task(name="desk.tasks.letters")
def letters(duties: list[int]) -> None:
    """Letters for new duties to those who want each at once."""
    write_at_once(duties)


@shared_task(name="desk.tasks.digest")
def digest() -> None:
    """The daily letters, by Celery beat; running twice on one day adds nothing."""
    write_digests()
