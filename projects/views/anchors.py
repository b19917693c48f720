"""Here: the page of anchors and their files, for audit. Not here: making and checking them (projects/anchors.py)."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from organizations import audit
from projects.anchors import as_text, trouble
from projects.models import LedgerAnchor
from projects.views.audit import reader_of

PAGE = 24


@login_required
@require_safe
def anchors(request: HttpRequest) -> HttpResponse:
    """Every anchor, newest first, each checked against its hash."""
    reader_of(request)
    page = Paginator(LedgerAnchor.objects.all(), PAGE).get_page(request.GET.get("page"))
    rows = [{"anchor": anchor, "trouble": trouble(anchor)} for anchor in page]
    return render(request, "projects/anchors.html", {"page": page, "rows": rows, "tab": "anchors"})


@login_required
@require_safe
def anchor_file(request: HttpRequest, pk: int, form: str) -> HttpResponse:
    """The anchor as JSON for the verifier, or as text to print and sign."""
    return handed_out(pk, form, reader=reader_of(request))


def handed_out(pk: int, form: str, *, reader) -> HttpResponse:
    """The file of an anchor; recorded. Raises Http404."""
    anchor = get_object_or_404(LedgerAnchor, pk=pk)
    if form not in ("json", "txt") or trouble(anchor) == "文件不在了":
        raise Http404
    audit.record(reader, "anchor.fetch", target=str(anchor.on))
    name = f"anchor-{anchor.on}.{form}"
    if form == "json":
        return FileResponse(anchor.file.open("rb"), as_attachment=True, filename=name, content_type="application/json")
    response = StreamingHttpResponse(as_text(anchor), content_type="text/plain; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
