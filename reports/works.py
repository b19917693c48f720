"""Here: the reports' work in the background. Not here: doing it."""

from jobs.errors import final
from jobs.registry import work
from papers.pdf import NoPdf
from reports.volume import making

final(NoPdf, str)


@work(making.KIND, label="档案成册", queue="documents")
def make_volume(run) -> None:
    """One archive volume, kept for good on its project's page."""
    making.make(run)
