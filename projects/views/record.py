"""Here: pages that put evidence, materials and exceptions on file, and the page of a move. Not here: judging them."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.forms.models import model_to_dict
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from projects.api import download
from projects.errors import Invalid, ProjectError, Refused
from projects.evidence import EVIDENCE, record, void
from projects.materials import attach, checklist
from projects.models import Attachment, Material, Project, Waiver
from projects.panels import hints
from projects.permissions import may_move, may_record, roles
from projects.scope import visible, visible_projects
from projects.transitions import options, perform
from projects.views.project import visible_project
from projects.waivers import decide_waiver, may_decide, request_waiver
from projects.workspace import FILING, MOVE, beside


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def record_page(request, number: str, name: str):
    """The form of one kind of evidence; a refusal shows the clauses and keeps everything typed."""
    project = visible_project(request, number)
    kind = EVIDENCE.get(name)
    if kind is None or not kind.exists_for(project):
        raise Http404
    error, form = None, None
    if request.method != "POST" and name == FILING and kind.is_open(project) and may_record(request.user, project, kind):
        return redirect("projects:filing", number=number)
    if "add" in request.POST and may_record(request.user, project, kind):
        form = kind.form.typed(request.POST, project=project, actor=request.user)
    elif request.method == "POST":
        try:
            _, verdicts = record(project.pk, name, request.POST, actor=request.user, files=request.FILES, strict=False)
            for verdict in verdicts:
                if verdict.outcome == "flags":
                    messages.warning(request, verdict.reason)
            messages.success(request, f"“{kind.called(project)}”已登记。")
            return redirect(_back(project, kind, request.user))
        except ProjectError as refusal:
            error, form = refusal, getattr(refusal, "form", None)
    form = form or kind.form(project=project, actor=request.user, initial=initial(kind, project))
    context = {
        "project": project,
        "kind": kind,
        "label": kind.called(project),
        "form": form,
        "error": error,
        "verdicts": [verdict for verdict in getattr(error, "verdicts", ()) if verdict.blocks],
        "may": may_record(request.user, project, kind) and kind.is_open(project),
        "former": kind.valid(project) if name != "filing" else [],
    }
    return render(request, "projects/record.html", context, status=error.status if error else 200)


def _back(project, kind, user) -> str:
    """The workspace after what belongs beside a filing that is being written, else the project."""
    if kind in beside(project) and may_record(user, project, EVIDENCE[FILING]) and EVIDENCE[FILING].is_open(project):
        return reverse("projects:filing_section", args=[project.number, "records"])
    return reverse("projects:project", args=[project.number])


def initial(kind, project) -> dict:
    """What the form starts from: the newest record of this kind, so that a correction need not be typed anew."""
    newest = kind.current(project)
    if newest is None:
        return {}
    if kind.declared:
        return {name: newest.data.get(name) for name in kind.form.base_fields}
    start = model_to_dict(newest, fields=list(kind.form.base_fields))
    for name, (model, owner) in kind.form.line_models.items():
        columns = list(kind.form.base_fields[name].row_form.base_fields)
        start[name] = list(model.objects.filter(**{owner: newest}).values(*columns))
    return start


@login_required
@require_POST
def void_record(request, number: str, name: str, pk: int):
    """Take a wrong record out of account."""
    project, kind = visible_project(request, number), EVIDENCE.get(name)
    if kind is None or name == "filing" or not kind.valid(project).filter(pk=pk).exists():
        raise Http404
    try:
        void(project.pk, name, pk, actor=request.user, reason=request.POST.get("reason", ""))
        messages.success(request, "已作废,记录和原因仍然保留。")
    except ProjectError as error:
        messages.error(request, error.detail)
    return redirect("projects:record", number=number, name=name)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def move_page(request, number: str, move: str):
    """One move: what the regulation says, a note, the button. The same page for every move of every regime."""
    project = visible_project(request, number)
    error = None
    if request.method == "POST":
        try:
            made = perform(
                project.pk, move, actor=request.user, note=request.POST.get("note", ""),
                seen=request.POST.get("seen") or None,
            )  # fmt: skip
            messages.success(request, f"已办理,项目现在是“{made.get_target_display()}”。")
            return after_move(request, number)
        except ProjectError as refusal:
            error = refusal
    project = visible_project(request, number)
    if error is None and move == MOVE and EVIDENCE[FILING].is_open(project) and may_move(request.user, project, move):
        return redirect("projects:filing_check", number=number)
    option = next((each for each in options(project, request.user) if each.move == move), None)
    if option is None and error is None:
        raise Http404
    context = {
        "project": project,
        "option": option,
        "error": error,
        "note": request.POST.get("note", ""),
        "hints": hints(project, request.user),
    }
    return render(request, "projects/move.html", context, status=error.status if error else 200)


def after_move(request, number: str):
    """The project, or the first page for whoever does not see it any more: a filing that was returned is the unit's alone."""
    seen = visible_projects(request.user).filter(number=number).exists()
    return redirect("projects:project", number=number) if seen else redirect(settings.LOGIN_REDIRECT_URL)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def materials_page(request, number: str):
    """The document slots: hand in, answer 无此件, see versions."""
    project = visible_project(request, number)
    errors, code = {}, request.POST.get("code", "")
    if request.method == "POST":
        try:
            attach(
                project.pk, code, actor=request.user, upload=request.FILES.get("file"),
                status=request.POST.get("status", ""), note=request.POST.get("note", ""),
            )  # fmt: skip
            messages.success(request, "材料已提交。")
            return redirect("projects:materials", number=number)
        except Invalid as error:
            errors = {code: "".join(m["message"] for found in error.errors.values() for m in found)}
        except ProjectError as error:
            errors = {code: error.detail}
        except ValidationError as error:
            errors = {code: "".join(error.messages)}
    held = roles(request.user, project)
    slots = [
        each | {"may": each["open"] and bool(held & set(each["slot"].by)), "error": errors.get(each["slot"].code)}
        for each in checklist(project)
    ]
    context = {"project": project, "slots": slots, "statuses": Material.STATUSES, "errors": errors}
    return render(request, "projects/materials.html", context, status=400 if errors else 200)


@login_required
@require_safe
def attachment(request, number: str, pk: int):
    """A file, after asking who may see it; never shown inside the browser."""
    return download(get_object_or_404(Attachment, project=visible_project(request, number), pk=pk))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def waivers_page(request, number: str):
    """Ask for an exception; decide those that wait for one's own office."""
    project: Project = visible_project(request, number)
    error = None
    typed = {name: request.POST.get(name, "") for name in ("rule", "reason", "basis")}
    if request.method == "POST":
        try:
            request_waiver(project.pk, typed["rule"], actor=request.user, reason=typed["reason"], basis=typed["basis"])
            messages.success(request, "例外申请已提交。")
            return redirect("projects:waivers", number=number)
        except ProjectError as refusal:
            error = refusal
    rows = [
        {
            "waiver": row,
            "may": row.decision == Waiver.PENDING and may_decide(request.user, project, row),
        }
        for row in project.waivers.select_related("requested_by", "decided_by")
    ]
    context = {
        "project": project,
        "rows": rows,
        "rules": [rule for rule in project.pack.rules if rule.waivable_by],
        "typed": typed if error else {"rule": request.GET.get("rule", "")},
        "error": error,
    }
    return render(request, "projects/waivers.html", context, status=error.status if error else 200)


@login_required
@require_POST
def decide(request, pk: int):
    """Grant or deny an exception; back to the project's exceptions, or to the page of this house that `next` names."""
    waiver = get_object_or_404(visible(Waiver, request.user), pk=pk)
    try:
        decide_waiver(pk, actor=request.user, grant=request.POST.get("grant") == "1", note=request.POST.get("note", ""))
        messages.success(request, "已作出决定。")
    except (ProjectError, Refused) as error:
        messages.error(request, error.detail)
    following = request.POST.get("next", "")
    if following and url_has_allowed_host_and_scheme(following, {request.get_host()}, request.is_secure()):
        return redirect(following)
    return redirect("projects:waivers", number=waiver.project.number)
