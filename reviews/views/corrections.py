"""Here: the page on which a return is answered and settled point by point. Not here: rounds (corrections.py), what is lawful."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from projects import parts
from projects.errors import ProjectError
from projects.evidence import EVIDENCE, record
from projects.permissions import may_move, may_record
from projects.versions import content_of, difference
from projects.views.project import visible_project
from reviews import corrections
from reviews.corrections import ANSWERED, SETTLED

ANSWER, VERDICT = "defect_answer", "defect_verdict"


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def corrections_page(request, number: str):
    """Every return with its points; the unit answers those of the newest, the centre settles them."""
    project = visible_project(request, number)
    error, name = None, ANSWER if "defect" in request.POST else VERDICT
    if request.method == "POST":
        try:
            record(project.pk, name, request.POST, actor=request.user, files=request.FILES, strict=False)
            messages.success(request, "已保存答复。" if name == ANSWER else "已登记认定。")
            return redirect(reverse("reviews:corrections", args=[number]) + f"#d{request.POST.get('point', '')}")
        except ProjectError as refusal:
            error = refusal
    found = corrections.rounds(project)
    current = next((each for each in found if each.sent_on), None)
    context = {
        "project": project,
        "current": current,
        "points": _points(request, project, current, error) if current else [],
        "former": [each for each in found if each.sent_on and each is not current],
        "draft": next((each for each in found if not each.sent_on), None),
        "error": error,
        "again": EVIDENCE["filing"].is_open(project) and may_move(request.user, project, "file"),
        "judges": _may(request.user, project, VERDICT),
    }
    return render(request, "reviews/corrections.html", context, status=error.status if error else 200)


def _may(user, project, name: str) -> bool:
    return may_record(user, project, EVIDENCE[name]) and EVIDENCE[name].is_open(project)


def _points(request, project, current: corrections.Round, error) -> list[dict]:
    changed = _changed(project, current)
    answers, judges = _may(request.user, project, ANSWER), _may(request.user, project, VERDICT)
    slots = {spec.code: spec.name for spec in project.pack.materials}
    return [
        {
            "point": point,
            "address": parts.address(project, point.defect.part) if point.defect.part else "",
            "changed": None if changed is None or not point.defect.part else point.defect.part in changed,
            "material": slots.get(point.answer.material, "") if point.answer else "",
            "answer": _form(request, project, ANSWER, point, error) if answers and point.state != SETTLED else None,
            "verdict": _form(request, project, VERDICT, point, error) if judges and point.state == ANSWERED else None,
        }
        for point in current.points
    ]


def _changed(project, current: corrections.Round) -> set[str] | None:
    """The parts that differ today from what was returned; None when that was not kept."""
    kept = project.versions.filter(passage=current.letter.filing_number).first()
    return difference(kept.content, content_of(project), project.pack).parts if kept else None


def _form(request, project, name: str, point: corrections.Point, error):
    """The form of one point, with what was typed when it was this one that was refused."""
    form = getattr(error, "form", None)
    typed = form is not None and form.evidence.name == name and request.POST.get("point") == str(point.defect.pk)
    if not typed:
        form = EVIDENCE[name].form(project=project, actor=request.user)
    form.auto_id = f"d{point.defect.pk}-%s"
    return form
