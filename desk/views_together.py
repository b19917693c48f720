"""Here: the pages for handing on, consulting and copying. Not here: what they do (handing, consulting, copying)."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from desk import audience, consulting
from desk.copying import copy
from desk.handing import hand, handable
from desk.models import Consultation, ConsultationAnswer
from projects.errors import ProjectError
from projects.scope import visible
from projects.views.project import visible_project

BACK = "projects:project"


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def hand_page(request, number: str):
    """转办: which duty, to whom, with a note."""
    project = visible_project(request, number)
    typed = {name: request.POST.get(name, "") for name in ("duty", "taker", "note")}
    error = None
    if request.method == "POST":
        try:
            handed = hand(
                project, _number(typed["duty"]) or 0, actor=request.user,
                taker_id=None if typed["taker"] == "all" else _number(typed["taker"]) or 0, note=typed["note"],
            )  # fmt: skip
            said = f"已转给{handed.assignee.get_full_name()}办理。" if handed.assignee else "已交回,由本单位共同办理。"
            messages.success(request, said)
            return redirect(BACK, number=number)
        except ProjectError as refusal:
            error = refusal
    context = {
        "project": project,
        "duties": handable(project, request.user),
        "colleagues": audience.colleagues(request.user),
        "typed": typed if error else {"duty": request.GET.get("duty", "")},
        "error": error,
    }
    return render(request, "desk/hand.html", context, status=error.status if error else 200)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def consult_page(request, number: str):
    """加签: the question, whom to ask, whether all must answer."""
    project = visible_project(request, number)
    error, to = None, request.POST.getlist("to")
    typed = {"question": request.POST.get("question", ""), "mode": request.POST.get("mode", Consultation.ALL)}
    if request.method == "POST":
        try:
            consulting.consult(project, actor=request.user, to=to, **typed)
            messages.success(request, "加签已发出,有人答复时会通知您。您仍然可以随时办理。")
            return redirect(BACK, number=number)
        except ProjectError as refusal:
            error = refusal
    context = _addressing(request, project, error, to) | {"typed": typed, "modes": Consultation.MODES}
    return render(request, "desk/consult.html", context, status=error.status if error else 200)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def copy_page(request, number: str):
    """抄送: to whom, with a note."""
    project = visible_project(request, number)
    error, to, note = None, request.POST.getlist("to"), request.POST.get("note", "")
    if request.method == "POST":
        try:
            sent = copy(project, actor=request.user, to=to, note=note)
            messages.success(request, f"已抄送给{'、'.join(each.to_name for each in sent)}。")
            return redirect(BACK, number=number)
        except ProjectError as refusal:
            error = refusal
    context = _addressing(request, project, error, to) | {"note": note}
    return render(request, "desk/copy.html", context, status=error.status if error else 200)


def _addressing(request, project, error, to: list[str]) -> dict:
    return {
        "project": project,
        "error": error,
        "offices": audience.offices(project, request.user),
        "people": audience.people(project, request.user),
        "chosen": to,
    }


@login_required
@require_POST
def answer(request, pk: int):
    """An opinion that was asked for. A refused one comes back with what was typed."""
    asked = get_object_or_404(visible(Consultation, request.user).select_related("project__department"), pk=pk)
    typed = {name: request.POST.get(name, "") for name in ("opinion", "text")}
    try:
        consulting.answer(pk, actor=request.user, **typed)
        messages.success(request, "意见已答复,发起人会收到通知。")
        return redirect(BACK, number=asked.project.number)
    except ProjectError as error:
        context = {"project": asked.project, "each": asked, "error": error, "typed": typed}
        context["opinions"] = ConsultationAnswer.OPINIONS
        return render(request, "desk/answer.html", context, status=error.status)


@login_required
@require_POST
def withdraw(request, pk: int):
    """Take a consultation back."""
    asked = get_object_or_404(visible(Consultation, request.user).select_related("project"), pk=pk)
    try:
        consulting.withdraw(pk, actor=request.user)
        messages.success(request, "加签已收回。")
    except ProjectError as error:
        messages.error(request, error.detail)
    return redirect(BACK, number=asked.project.number)


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None
