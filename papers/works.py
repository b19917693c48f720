"""Here: drawing the files of a paper in the background. Not here: how (files.py)."""

from jobs.registry import work
from papers.files import ensure
from papers.models import Paper, PaperFile
from papers.pdf import NoPdf


@work("papers.render", label="生成公文文件", queue="documents")
def render(run) -> None:
    """Both forms of one paper; what is there already stays. Where no PDF can be drawn the Word file is made all the same."""
    paper = Paper.objects.get(pk=run.arguments["paper"])
    run.progress(0, 2, "Word")
    ensure(paper, PaperFile.DOCX)
    run.progress(1, 2, "PDF")
    try:
        ensure(paper, PaperFile.PDF)
    except NoPdf as reason:
        run.progress(1, 2, str(reason)[:200])
