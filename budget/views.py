"""Here: the page of a project's money and payments. Not here: the amounts (money.py), judging (packs)."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from budget.behind import behind
from budget.panels import bars
from budget.rehearsal import rehearse, rooms
from projects.errors import ProjectError
from projects.evidence import EVIDENCE, record
from projects.permissions import may_record
from projects.views.project import visible_project


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def payments(request, number: str):
    """Where the project's money stands; finance records a payment and sees what would be said of it while typing."""
    project, kind = visible_project(request, number), EVIDENCE["payment"]
    may = may_record(request.user, project, kind) and kind.is_open(project)
    if may and "rehearse" in request.POST:
        if not request.htmx:
            return _page(request, project, may)
        found = rehearse(project, request.POST.dict(), actor=request.user)
        return render(request, "budget/_rehearsal.html", {"project": project, "rehearsal": found})
    if request.method != "POST":
        return _page(request, project, may)
    try:
        _, verdicts = record(project.pk, "payment", request.POST, actor=request.user, strict=False)
    except ProjectError as refusal:
        return _page(request, project, may, refusal)
    for verdict in verdicts:
        if verdict.outcome == "flags":
            messages.warning(request, verdict.reason)
    messages.success(request, "拨付已登记。")
    return redirect("budget:payments", number=number)


def _page(request, project, may: bool, error: ProjectError | None = None):
    """The page with everything typed; a refusal stands above the form."""
    kind = EVIDENCE["payment"]
    typed = request.POST.dict() or _start(kind, project)
    form = getattr(error, "form", None) or kind.form(project=project, actor=request.user, initial=typed)
    context = {
        "project": project, "sections": behind(project), "bars": bars(project), "rooms": rooms(project), "may": may,
        "form": form, "error": error, "rehearsal": rehearse(project, typed, actor=request.user) if may else None,
    }  # fmt: skip
    return render(request, "budget/payments.html", context, status=error.status if error else 200)


def _start(kind, project) -> dict:
    """The kind and the day that are most likely; nothing about the amount."""
    return {name: value for name, value in kind.example(project).items() if name in ("kind", "paid_on")}
