"""Here: the review page of a project: what was filed on the left, the opinion on the right. Not here: checking the opinion."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from projects.errors import Invalid, ProjectError
from projects.evidence import EVIDENCE, record
from projects.materials import checklist
from projects.models import Material
from projects.panels import hints
from projects.permissions import may_record, roles
from projects.views.project import visible_project
from projects.views.record import initial
from reviews import phrases
from reviews.batch import overview
from reviews.current import receipt
from reviews.duplicates import candidates
from reviews.models import PreliminaryOpinion
from reviews.queue import OFFICES, QueueFilter, asked_for, neighbours, queue
from reviews.sheet import criteria
from reviews.views.queue import review_url, task_url

KIND = "preliminary_opinion"
PLAIN = ("opinion", "text", "reason_despite", "results_read", "signer", "signed_on")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def review_page(request, number: str):
    """Read the filing and write the opinion beside it; a refusal stands at its item and nothing typed is lost."""
    project = _reviewed(request, number)
    kind, error = EVIDENCE[KIND], None
    if request.method == "POST" and "insert" not in request.POST:
        try:
            _, verdicts = record(project.pk, KIND, request.POST, actor=request.user, strict=False)
            for verdict in verdicts:
                if verdict.outcome == "flags":
                    messages.warning(request, verdict.reason)
            messages.success(request, "预审意见已登记。")
            return redirect(request.get_full_path())
        except ProjectError as refusal:
            error = refusal
    may = may_record(request.user, project, kind) and kind.is_open(project)
    context = {
        "project": project, "error": error, "may": may, **_filed(project), **_place(request, number),
        **(_opinion(request, project, kind, error) if may else {}),
        "duties": _duties(request.user, project),
        "hints": hints(project, request.user),
        "opinion": kind.current(project),
        "receipt": receipt(project),
        "received_first": "filing_receipt" in project.pack.records,
    }  # fmt: skip
    return render(request, "reviews/review.html", context, status=error.status if error else 200)


@login_required
@require_POST
def receive(request, number: str):
    """受理 or 不予受理 from the review page."""
    project = _reviewed(request, number)
    data = {name: request.POST.get(name, "") for name in ("outcome", "remark")}
    try:
        record(project.pk, "filing_receipt", data, actor=request.user)
        messages.success(request, f"已登记:{data['outcome']}。")
    except Invalid:
        messages.error(request, "请选择受理或不予受理。")
    except ProjectError as error:
        messages.error(request, error.detail)
    asked = QueryDict(request.POST.get("back", ""))
    return redirect(f"{reverse('reviews:review', args=[number])}?{asked.urlencode()}")


def _reviewed(request, number: str):
    """The project for a reviewing office. Raises Http404 for what the person may not see, else PermissionDenied."""
    project = visible_project(request, number)
    if not roles(request.user, project) & OFFICES:
        raise PermissionDenied("审核由电子政务中心办理,市府办可以查看。")
    return project


def _filed(project) -> dict:
    """What the unit handed in, and the city-wide picture around it."""
    slots = [slot for slot in checklist(project) if slot["material"] or slot["open"]]
    return {
        "estimate": project.estimate.all(),
        "funding": project.funding.all(),
        "slots": slots,
        "without": [(label, names) for label in (Material.NONE, Material.MISSING) if (names := _without(slots, label))],
        "pairs": [(pair, pair.other(project)) for pair in candidates(project)],
        "batch": overview(project),
    }


def _without(slots: list[dict], label: str) -> list[str]:
    """The names of the slots without a file: answered with 无此件, or not handed in."""
    without = [slot for slot in slots if not (slot["material"] and slot["material"].attachment)]
    return [
        slot["slot"].name
        for slot in without
        if (slot["material"].status if slot["material"] else Material.MISSING) == label
    ]


def _duties(user, project) -> list[tuple]:
    """What waits for this person's offices on the project, with the page where it is done."""
    return [(duty, task_url(duty)) for duty in queue(user).filter(project=project).order_by("id")]


def _opinion(request, project, kind, error) -> dict:
    """The form with its checklist: as typed, or as the newest opinion has it."""
    verdicts = tuple(verdict for verdict in getattr(error, "verdicts", ()) if verdict.blocks)
    form = getattr(error, "form", None)
    if form is not None:
        _at_fields(form, verdicts)
        typed, row_form = form["checklist"].data or [], form.fields["checklist"].row_form
    elif request.method == "POST":
        form, typed = _with_phrase(request, project, kind)
        row_form = None
    else:
        form = kind.form(project=project, actor=request.user, initial=initial(kind, project))
        typed, row_form = form.initial.get("checklist", []), None
    return {
        "form": form,
        "fields": [form[name] for name in PLAIN],
        "criteria": criteria(project, typed, verdicts, row_form),
        "verdicts": verdicts,
        "phrases": phrases.offered(project)[phrases.TEXT],
        "agree": PreliminaryOpinion.AGREE,
    }


def _at_fields(form, verdicts) -> None:
    """Let a refusal about a field of the opinion stand at that field."""
    for verdict in verdicts:
        for comparison in verdict.comparisons:
            family, _, name = comparison.fact.partition(".")
            if family == KIND and not comparison.holds and name in PLAIN and not form.has_error(name):
                form.add_error(name, verdict.reason)


def _with_phrase(request, project, kind):
    """Without a script: the chosen phrase put after what was typed; nothing is saved."""
    data = request.POST.copy()
    target = data.get("insert", "")
    if target != phrases.TEXT and not target.startswith("checklist-"):
        raise Http404
    data[target] = f"{data.get(target, '')}{data.get(f'phrase-{target}', '')}"
    widget = kind.form.base_fields["checklist"].widget
    form = kind.form(project=project, actor=request.user, initial={name: data.get(name, "") for name in PLAIN})
    return form, widget.value_from_datadict(data, {}, "checklist") or []


def _place(request, number: str) -> dict:
    """上一件 and 下一件 of the queue as it was filtered, when the project was opened from it."""
    place = request.GET.get("queue", "")
    if not place.isascii() or not place.isdigit() or len(place) > 6:
        return {}
    everything = queue(request.user)
    asked = request.GET.copy()
    del asked["queue"]
    form = QueueFilter(asked, rows=everything)
    if not form.is_valid():
        return {}
    found = neighbours(asked_for(everything, form.cleaned_data), int(place), number)
    query = asked.urlencode()
    return {
        "in_queue": True,
        "place": int(place) + 1,
        "queue_query": query,
        **{name: review_url(each[1], query, each[0]) for name, each in found.items() if each},
    }
