"""Here: the page on which a project's experts are drawn, replaced and heard. Not here: the steps (panel.py, scores.py)."""

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from projects.errors import Closed, Invalid
from projects.evidence import EVIDENCE
from projects.permissions import may_record
from projects.views.project import visible_project
from reviews import panel, pool, scores
from reviews.draw_state import beside, phases, proof, reason_for_experts
from reviews.exclusions import exclusions, rest_months
from reviews.forms.experts import HoldForm, OpinionForm, SetupForm, StepBackForm
from reviews.models import DrawSetup, Expert


def project_for(request, number: str):
    """The project, for whose office may know the experts; else 404."""
    project = visible_project(request, number)
    if not pool.may_read(request.user, project.jurisdiction_id):
        raise Http404
    return project


@login_required
@require_safe
def experts(request, number: str):
    """Where the draw stands, the next step, everything needed to repeat it."""
    project = project_for(request, number)
    return shown(request, project, again=request.GET.get("again") == "1")


def shown(request, project, *, bound: dict | None = None, error: str = "", status: int = 200, again: bool = False):
    """The page; `bound` holds the form that was refused."""
    setup = panel.latest_setup(project)
    draw = getattr(setup, "draw", None) if setup else None
    everyone = list(Expert.objects.filter(jurisdiction=project.jurisdiction))
    excluded = exclusions(project, everyone, rest_months(project))
    asks = setup is None or again
    context = {
        "project": project, "setup": setup, "draw": draw, "error": error, "asks": asks, "again": again,
        "may": panel.may_draw(request.user, project), "why": reason_for_experts(project),
        "phases": phases(project, setup, draw), "months": rest_months(project), "proof": proof(setup, draw),
        "beside": beside(setup, draw, everyone, excluded, fresh=asks),
        "earlier": DrawSetup.objects.filter(project=project).select_related("draw", "sealed_by"),
        **forms_for(project, draw, everyone, excluded, again), **(bound or {}),
    }  # fmt: skip
    return render(request, "reviews/experts/draw.html", context, status=status)


def forms_for(project, draw, everyone: list[Expert], excluded: dict, again: bool) -> dict:
    """The forms of the step the draw stands at, and what the panel found."""
    stepped_back = set(project.recusals.values_list("expert_id", flat=True))
    able = [each for each in everyone if each.active and each.pk not in stepped_back]
    found = {
        "setup_form": SetupForm(specialties=by_specialty(everyone, excluded), again=again),
        "hold_form": HoldForm(),
        "back_form": StepBackForm(experts=able),
    }
    if draw is None:
        return found
    sitting = panel.members(draw)
    drawn = [seat.expert for seat in draw.seats.all() if seat.expert_id not in stepped_back]
    return found | {
        "members": sitting,
        "empty": draw.sealed.setup["members"] - len(sitting),
        "waiting": panel.waiting(draw),
        "recusals": draw.recusals.all(),
        "back_form": StepBackForm(experts=drawn),
        "opinion_form": OpinionForm(experts=[member.expert for member in sitting]),
        "summary": scores.summary(draw),
    }


def by_specialty(everyone: list[Expert], excluded: dict) -> dict[str, int]:
    """How many may be drawn, by specialty."""
    free = [each for each in everyone if str(each.pk) not in excluded]
    names = sorted({name for each in everyone for name in each.specialties})
    return {name: sum(name in each.specialties for each in free) for name in names}


def _seal(request, project) -> str:
    everyone = list(Expert.objects.filter(jurisdiction=project.jurisdiction))
    excluded = exclusions(project, everyone, rest_months(project))
    again = panel.latest_setup(project) is not None
    form = SetupForm(request.POST, specialties=by_specialty(everyone, excluded), again=again)
    _valid(form, "setup_form")
    _door(form, "setup_form", panel.seal, project.pk, actor=request.user, **form.asked())
    return "设定已封存。种子的校验值已记入审计日志,现在可以抽取。"


def _hold(request, project) -> str:
    form = HoldForm(request.POST)
    _valid(form, "hold_form")
    _door(form, "hold_form", panel.hold, project.pk, actor=request.user, on_site=form.cleaned_data["on_site"])
    return "已抽取。"


def _step_back(request, project) -> str:
    form = StepBackForm(request.POST, experts=Expert.objects.filter(jurisdiction=project.jurisdiction))
    _valid(form, "back_form")
    data = form.cleaned_data
    row = _door(
        form, "back_form", panel.step_back, project.pk, int(data["expert"]), actor=request.user, kind=data["kind"],
        reason=data["reason"],
    )  # fmt: skip
    if row.replacement:
        return f"{row.expert.name}已登记{row.kind},由候补 {row.replacement.name} 递补。"
    return f"{row.expert.name}已登记{row.kind}。" + ("没有合适的候补,请重新抽取。" if row.vacates else "")


def _opinion(request, project) -> str:
    draw = panel.latest_draw(project)
    sitting = [member.expert for member in panel.members(draw)] if draw else []
    form = OpinionForm(request.POST, experts=sitting)
    _valid(form, "opinion_form")
    data = form.cleaned_data
    _door(
        form, "opinion_form", scores.enter_opinion, project.pk, int(data["expert"]), actor=request.user,
        scores=form.scores(), conclusion=data["conclusion"], text=data["text"],
    )  # fmt: skip
    return "专家意见已登记。"


STEPS: dict[str, Callable[..., str]] = {"seal": _seal, "hold": _hold, "step-back": _step_back, "opinion": _opinion}


class Wrong(Exception):
    """A form was refused; it knows how to be shown again."""

    def __init__(self, name: str, form) -> None:
        super().__init__(name)
        self.bound = {name: form}


def _valid(form, name: str) -> None:
    if not form.is_valid():
        raise Wrong(name, form)


def _door(form, name: str, call: Callable, *args, **kwargs):
    """What the door answers; what it refuses per field stands at the field. Raises Wrong."""
    try:
        return call(*args, **kwargs)
    except Invalid as error:
        for field, found in error.errors.items():
            form.add_error(field if field in form.fields else None, found[0]["message"])
        raise Wrong(name, form) from error


@login_required
@require_POST
def step(request, number: str, action: str):
    """One step of the draw: seal, hold, step-back, opinion."""
    project = project_for(request, number)
    if action not in STEPS:
        raise Http404
    if not may_record(request.user, project, EVIDENCE[panel.EVIDENCE_NAME]):
        raise PermissionDenied(f"评审专家由{project.pack.office(pool.KEEPER)}抽取")
    try:
        if not panel.may_draw(request.user, project):
            raise Closed(f"“{project.get_state_display()}”阶段不抽取评审专家。")
        messages.success(request, STEPS[action](request, project))
    except Closed as error:
        return shown(request, project, error=error.detail, status=error.status)
    except Wrong as refused:
        again = action == "seal" and panel.latest_setup(project) is not None
        return shown(request, project, bound=refused.bound, status=400, again=again)
    return redirect("reviews:draw", number=number)


@login_required
@require_safe
def exported(request, number: str, count: int):
    """One draw as JSON, for scripts/verify_draw.py; 404 while its seed is still sealed."""
    project = project_for(request, number)
    setup = DrawSetup.objects.filter(project=project, number=count, draw__isnull=False).first()
    if setup is None:
        raise Http404
    response = JsonResponse(panel.as_json(setup.draw), json_dumps_params={"ensure_ascii": False, "indent": 1})
    response["Content-Disposition"] = f'attachment; filename="draw-{project.number}-{count}.json"'
    return response
