"""Here: work that only measurements ask for. Not here: the measuring (papering)."""

from jobs.registry import work
from papers.files import ensure
from papers.models import Paper, PaperFile


@work("bench.pdf", label="bench")
def pdf(run) -> None:
    """The PDF of one paper, as papers.render draws it, without the Word file."""
    ensure(Paper.objects.get(pk=run.arguments["paper"]), PaperFile.PDF)
