"""Here: papers that are about no single project, such as the yearly notice, for everybody of the place. Not here: their lists."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_safe

from papers.files import CONTENT_TYPES
from papers.models import Paper
from papers.pdf import NoPdf
from projects.paper_files import download


@login_required
@require_safe
def notice_file(request, pk: int, form: str):
    """The PDF or Word file of such a paper, to be saved; those of another place are not there."""
    unit = request.user.organization
    paper = get_object_or_404(Paper, pk=pk, project=None, jurisdiction=unit.jurisdiction_id if unit else 0)
    if form not in CONTENT_TYPES:
        raise Http404
    try:
        return download(paper, form)
    except (NoPdf, FileNotFoundError) as error:
        messages.error(request, str(error))
        return redirect("projects:batches")
