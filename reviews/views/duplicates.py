"""Here: each look-alike beside the own project, with the judgement. Not here: finding them (duplicates.py), units: it is for offices."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Case, Prefetch, When
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from organizations.roles import APPLICANT
from projects.errors import ProjectError
from projects.evidence import EVIDENCE, record
from projects.permissions import may_record, roles
from projects.scope import visible_projects
from projects.views.project import visible_project
from reviews import duplicates
from reviews.alike import side_by_side
from reviews.models import DuplicateCandidate, DuplicateJudgement, DuplicateSearch
from reviews.past import alike_past

PAGE = 10
JUDGEMENT, SEARCH = "duplicate_judgement", "duplicate_search"


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def duplicates_page(request, number: str):
    """Every candidate side by side, those to be judged first. The unit itself must not see others' projects (YQ-2.2-2)."""
    project = visible_project(request, number)
    if not roles(request.user, project) - {APPLICANT}:
        raise Http404
    error, name = None, SEARCH if "again" in request.POST else JUDGEMENT
    if request.method == "POST":
        try:
            saved, _ = record(project.pk, name, request.POST, actor=request.user, strict=False)
            messages.success(request, _said(saved))
            return redirect(reverse("reviews:duplicates", args=[number]) + f"?page={request.GET.get('page', '1')}")
        except ProjectError as refusal:
            error = refusal
    page = Paginator(_candidates(project), PAGE).get_page(request.GET.get("page"))
    context = {
        "project": project,
        "search": DuplicateSearch.of_this_filing(project).first(),
        "page": page,
        "rows": _rows(request, project, page, error),
        "pending": duplicates.pending(project).count(),
        "may_search": _may(request.user, project, SEARCH),
        "past": alike_past(project),
        "error": error,
    }
    return render(request, "reviews/duplicates.html", context, status=error.status if error else 200)


def _said(saved) -> str:
    if isinstance(saved, DuplicateSearch):
        return f"查重{saved.status}:比对 {saved.compared} 个项目,疑似重复 {saved.found} 个。"
    return "已登记判定。"


def _may(user, project, name: str) -> bool:
    return may_record(user, project, EVIDENCE[name]) and EVIDENCE[name].is_open(project)


def _candidates(project):
    judgements = DuplicateJudgement.objects.filter(voided_at=None).select_related("recorded_by").order_by("-id")
    waiting = Case(When(state=DuplicateCandidate.PENDING, then=0), default=1)
    found = duplicates.candidates(project).prefetch_related(Prefetch("judgements", judgements))
    return found.order_by(waiting, "-similarity", "id")


def _rows(request, project, page, error) -> list[dict]:
    others = [candidate.other(project) for candidate in page]
    seen = set(visible_projects(request.user).filter(pk__in=[each.pk for each in others]).values_list("pk", flat=True))
    may = _may(request.user, project, JUDGEMENT)
    return [
        {
            "candidate": candidate,
            "other": other,
            "comparison": side_by_side(project, other) if other.pk in seen else [],
            "judgement": next(iter(candidate.judgements.all()), None),
            "pending": candidate.state == DuplicateCandidate.PENDING,
            "form": _form(request, project, candidate, error) if may else None,
        }
        for candidate, other in zip(page, others, strict=True)
    ]


def _form(request, project, candidate: DuplicateCandidate, error):
    """The form of one pair, with what was typed when it was this one that was refused."""
    form = getattr(error, "form", None)
    typed = form is not None and form.evidence.name == JUDGEMENT and request.POST.get("candidate") == str(candidate.pk)
    if not typed:
        form = EVIDENCE[JUDGEMENT].form(project=project, actor=request.user)
    form.auto_id = f"c{candidate.pk}-%s"
    form.fields["remark"].widget.attrs["rows"] = 4
    form.fields["keep"].help_text = "判定归并时选择。"
    return form
