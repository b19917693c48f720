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
    trying = may and "rehearse" in request.POST
    if trying and request.htmx:
        found = rehearse(project, request.POST.dict(), actor=request.user)
        return render(request, "budget/_rehearsal.html", {"project": project, "rehearsal": found})
    error, form = None, None
    if request.method == "POST" and not trying:
        try:
            _, verdicts = record(project.pk, "payment", request.POST, actor=request.user, strict=False)
            for verdict in verdicts:
                if verdict.outcome == "flags":
                    messages.warning(request, verdict.reason)
            messages.success(request, "拨付已登记。")
            return redirect("budget:payments", number=number)
        except ProjectError as refusal:
            error, form = refusal, getattr(refusal, "form", None)
    typed = request.POST.dict() if request.method == "POST" else {}
    context = {
        "project": project,
        "sections": behind(project),
        "bars": bars(project),
        "rooms": rooms(project),
        "may": may,
        "form": form or kind.form(project=project, actor=request.user, initial=typed or _start(kind, project)),
        "error": error,
        "rehearsal": rehearse(project, typed or _start(kind, project), actor=request.user) if may else None,
    }
    return render(request, "budget/payments.html", context, status=error.status if error else 200)


def _start(kind, project) -> dict:
    """The kind and the day that are most likely; nothing about the amount."""
    return {name: value for name, value in kind.example(project).items() if name in ("kind", "paid_on")}
