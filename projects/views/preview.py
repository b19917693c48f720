"""Here: looking at a document inside a page: the frame around it, and its bytes. Not here: which files are shown (papers.preview)."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from papers import files
from papers.models import Paper, PaperFile
from papers.pdf import NoPdf
from papers.preview import PDF, inline, shown_as
from projects.models import Attachment
from projects.views.project import visible_project


@login_required
@require_safe
def attachment(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """An uploaded document in its frame."""
    found = _attachment(request, number, pk)
    try:
        with found.file.open("rb") as file:
            kind = shown_as(file)
    except OSError:
        kind = ""
    inside, download = (reverse(f"projects:{name}", args=[number, pk]) for name in ("preview_inside", "attachment"))
    return _framed(request, number, {"name": found.name, "kind": kind, "inside": inside, "download": download})


@login_required
@require_safe
def attachment_inside(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """The bytes of an uploaded document, for the frame."""
    found = _attachment(request, number, pk)
    return _inside(found.file, found.name)


@login_required
@require_safe
def paper(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """An official paper in its frame."""
    found = _paper(request, number, pk)
    inside = reverse("projects:paper_inside", args=[number, pk])
    download = reverse("projects:paper_file", args=[number, pk, PaperFile.PDF])
    return _framed(request, number, {"name": str(found), "kind": PDF, "inside": inside, "download": download})


@login_required
@require_safe
def paper_inside(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """The bytes of an official paper, for the frame."""
    found = _paper(request, number, pk)
    try:
        return _inside(files.ensure(found, PaperFile.PDF).file, files.filename(found, PaperFile.PDF))
    except NoPdf as error:
        raise Http404 from error


def _attachment(request: HttpRequest, number: str, pk: int) -> Attachment:
    return get_object_or_404(Attachment, project=visible_project(request, number), pk=pk)


def _paper(request: HttpRequest, number: str, pk: int) -> Paper:
    return get_object_or_404(Paper, project=visible_project(request, number), pk=pk)


def _framed(request: HttpRequest, number: str, document: dict) -> HttpResponse:
    template = "projects/_preview.html" if request.htmx else "projects/preview.html"
    return render(request, template, {"document": document, "is_pdf": document["kind"] == PDF, "number": number})


def _inside(stored, name: str) -> HttpResponse:
    """The bytes, of a file that is there and may be shown; else 404."""
    try:
        file = stored.open("rb")
    except OSError as error:
        raise Http404 from error
    kind = shown_as(file)
    if not kind:
        file.close()
        raise Http404
    return inline(file, name, kind)
