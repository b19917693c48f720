"""Here: handing out the file of a paper. Not here: who may have it (the doors), drawing it (papers)."""

from django.http import FileResponse

from papers.files import CONTENT_TYPES, ensure, filename
from papers.models import Paper


def download(paper: Paper, form: str) -> FileResponse:
    """A file that a browser saves and never runs. Raises NoPdf and FileNotFoundError."""
    kept = ensure(paper, form)
    response = FileResponse(kept.file.open("rb"), as_attachment=True, filename=filename(paper, form))
    response["Content-Type"] = CONTENT_TYPES[form]
    response["X-Content-Type-Options"] = "nosniff"
    return response
