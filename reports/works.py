"""Here: the reports' work in the background. Not here: doing it."""

from jobs.registry import work
from reports.volume import making


@work(making.KIND, label="档案成册", queue="documents")
def make_volume(run) -> None:
    """One archive volume, kept for good on its project's page."""
    making.make(run)
