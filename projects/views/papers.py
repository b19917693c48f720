"""Here: the papers of a project: list, preview, issue, reissue, download, verify. Not here: deciding who may (projects.papers)."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from papers import files
from papers.files import CONTENT_TYPES, filename
from papers.models import Paper
from papers.pdf import NoPdf
from papers.pdf import render as draw
from papers.registry import PAPERS
from projects import papers
from projects.errors import ProjectError
from projects.paper_files import download
from projects.views.project import visible_project


@login_required
@require_safe
def papers_page(request, number: str):
    """Every paper with its files and hash; what one's own office can issue."""
    project = visible_project(request, number)
    found = list(papers.of_project(project))
    voided = papers.groundless(found)
    rows = [
        {"paper": paper, "may": may_reissue(request.user, project, paper), "voided": voided.get(paper.pk)}
        for paper in found
    ]
    context = {"project": project, "rows": rows, "offers": papers.offers(project, request.user), "forms": CONTENT_TYPES}
    return render(request, "projects/papers.html", context)


def may_reissue(user, project, paper: Paper) -> bool:
    """Whether a button is shown: of one's own office, and not replaced yet."""
    kind = PAPERS.get(paper.kind)
    return kind is not None and not hasattr(paper, "replaced_by") and papers.may_issue(user, project, kind)


@login_required
@require_safe
def preview(request, number: str, kind: str):
    """The paper as it would be issued now, with 未编号 across it; nothing is kept."""
    project = visible_project(request, number)
    if kind not in PAPERS:
        raise Http404
    try:
        drawn = draw(*papers.draft(project, kind, actor=request.user), draft="未编号")
    except (ProjectError, NoPdf) as error:
        messages.error(request, getattr(error, "detail", str(error)))
        return redirect("projects:papers", number=number)
    response = HttpResponse(drawn.data, content_type="application/pdf")
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Disposition"] = 'inline; filename="draft.pdf"'
    return response


@login_required
@require_POST
def issue(request, number: str, kind: str):
    """Issue: number, date and content are fixed from here on."""
    project = visible_project(request, number)
    try:
        made = papers.issue(project.pk, kind, actor=request.user)
        messages.success(request, f"已出具{made.label}{made.number}。")
    except ProjectError as error:
        messages.error(request, error.detail)
    return redirect("projects:papers", number=number)


@login_required
@require_POST
def reissue(request, number: str, pk: int):
    """Issue anew with a reason; the old paper stays and is marked as replaced."""
    project = visible_project(request, number)
    get_object_or_404(Paper, project=project, pk=pk)
    try:
        made = papers.reissue(project.pk, pk, request.POST.get("reason", ""), actor=request.user)
        messages.success(request, f"已重新出具{made.label}{made.number},原件保留。")
    except ProjectError as error:
        messages.error(request, error.detail)
    return redirect("projects:papers", number=number)


@login_required
@require_safe
def paper_file(request, number: str, pk: int, form: str):
    """The PDF or Word file, to be saved; drawn now if the workers have not come to it yet."""
    paper = get_object_or_404(Paper, project=visible_project(request, number), pk=pk)
    if form not in CONTENT_TYPES:
        raise Http404
    try:
        return download(paper, form)
    except (NoPdf, FileNotFoundError) as error:
        messages.error(request, str(error))
        return redirect("projects:papers", number=number)


@login_required
@require_POST
def verify(request, number: str, pk: int):
    """Compare number, content and files with the hashes that were sealed."""
    paper = get_object_or_404(Paper, project=visible_project(request, number), pk=pk)
    found = files.faults(paper)
    if found:
        messages.error(request, f"{filename(paper, 'pdf').removesuffix('.pdf')}:{';'.join(found)}。")
    else:
        messages.success(request, f"{paper}:内容、文号和文件与出具时一致。")
    return redirect("projects:papers", number=number)
