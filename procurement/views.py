"""Here: the page that sets a tender document beside the approved items, with its review. Not here: comparing (tenders.py)."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from deadlines.timetable import timetable
from procurement import tenders
from procurement.models import TenderDocument, TenderReview
from procurement.records import current_document
from projects.errors import ProjectError
from projects.evidence import EVIDENCE, record
from projects.permissions import may_record
from projects.views.project import visible_project

REVIEW, CLOCK = "tender_review", "tender_review"


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def tender_page(request, number: str):
    """One document (the one asked for, else what waits): differences, sums, clock, former version, review."""
    project = visible_project(request, number)
    found = tenders.documents(project)
    document = _chosen(found, request.POST.get("document") or request.GET.get("document", ""))
    error = None
    if request.method == "POST" and "add" not in request.POST:
        try:
            record(project.pk, REVIEW, request.POST, actor=request.user, files=request.FILES, strict=False)
            messages.success(request, "已登记招标文件审查。")
            return redirect(reverse("procurement:tender", args=[number]) + f"?document={document.code}")
        except ProjectError as refusal:
            error = refusal
    context = {"project": project, "documents": found, "document": document, "error": error}
    if document:
        form = _form(request, project, document, error)
        context |= _about(document) | {"form": form, "items": _items(form) if form else []}
        context["verdicts"] = [each for each in getattr(error, "verdicts", ()) if each.blocks]
    return render(request, "procurement/tender.html", context, status=error.status if error else 200)


def _chosen(found: list[TenderDocument], code: str) -> TenderDocument | None:
    """The document of this code, else the newest that waits for review, else the newest. Raises 404 for a foreign code."""
    if not code:
        newest = {document.application_id: document for document in reversed(found)}.values()
        waiting = [document for document in found if document in newest and document.concluded is None]
        return next(iter(waiting or found), None)
    for document in found:
        if document.code == code:
            return document
    raise Http404


def _about(document: TenderDocument) -> dict:
    lines, before = tenders.lines(document), tenders.former(document)
    clocks = [row for row in timetable(document.project) if row.code == CLOCK]
    return {
        "lines": lines,
        "differing": sum(bool(line.differences) for line in lines),
        "sums": tenders.sums(document.project),
        "former": before,
        "changes": tenders.changes(before.items.all(), document.items.all()) if before else [],
        "clock": clocks[-1] if clocks else None,
        "review": document.concluded,
    }


def _form(request, project, document: TenderDocument, error):
    """The review of the newest version, for the office that reviews; None for everybody else."""
    kind = EVIDENCE[REVIEW]
    if not (may_record(request.user, project, kind) and kind.is_open(project)):
        return None
    if document != current_document(document.application):
        return None
    if "add" in request.POST:
        return kind.form.typed(request.POST, project=project, actor=request.user)
    return getattr(error, "form", None) or kind.form(
        project=project, actor=request.user, initial={"document": document.code}
    )


def _items(form) -> list[tuple]:
    """The checklist as pairs of fields: the finding and the remark on it."""
    for name in TenderReview.ITEMS:
        remark = form.fields[f"{name}_remark"].widget.attrs
        remark |= {"rows": 2, "aria-label": form.fields[f"{name}_remark"].label}
    return [(form[name], form[f"{name}_remark"]) for name in TenderReview.ITEMS]
