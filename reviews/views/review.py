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
from reviews import opinions, phrases
from reviews.batch import overview
from reviews.current import receipt
from reviews.duplicates import candidates
from reviews.forms.base import ChecklistForm
from reviews.models import PreliminaryOpinion
from reviews.queue import OFFICES, QueueFilter, asked_for, neighbours, queue, waiting
from reviews.sheet import criteria
from reviews.views.queue import review_url, task_url

PLAIN = ("opinion", "text", "reason_despite", "results_read", "signer", "signed_on")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def review_page(request, number: str, name: str = ""):
    """Read what was handed in and write an opinion beside it; a refusal stands at its item and nothing typed is lost.

    Without a name it is the opinion that comes first here: every instrument has its own.
    """
    project = _reviewed(request, number, name)
    waiting = queue(request.user).filter(project=project).order_by("id")
    kind, error = _kind(request, project, name, waiting), None
    if request.method == "POST" and not {"insert", "add"} & set(request.POST):
        try:
            _, verdicts = record(
                project.pk, kind.name, request.POST, actor=request.user, files=request.FILES, strict=False
            )
            for verdict in verdicts:
                if verdict.outcome == "flags":
                    messages.warning(request, verdict.reason)
            messages.success(request, f"{kind.called(project)}已登记。")
            return redirect(_unnamed(request, number))
        except ProjectError as refusal:
            error = refusal
    may = kind is not None and may_record(request.user, project, kind) and kind.is_open(project)
    context = {
        "project": project, "error": error, "may": may, **_filed(project), **_place(request, number),
        **(_opinion(request, project, kind, error) if may else {}),
        "kind": kind,
        "label": kind.called(project) if kind else "审核意见",
        "first": kind is not None and kind.name == opinions.FIRST,
        "on_file": opinions.on_file(project, kind),
        "later": kind is not None and kind.stage in opinions.READ_WITH,
        "others": _others(request.user, project, kind, waiting),
        "duties": [(duty, task_url(duty)) for duty in waiting],
        "hints": hints(project, request.user),
        "opinion": kind.current(project) if kind else None,
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


def _reviewed(request, number: str, name: str = ""):
    """The project for a reviewing office, or for one that writes this opinion. Raises Http404 for what the person may not
    see, else PermissionDenied.
    """
    project = visible_project(request, number)
    kind = EVIDENCE.get(name)
    if not roles(request.user, project) & OFFICES and not (kind and may_record(request.user, project, kind)):
        raise PermissionDenied(f"审核由{project.pack.office('centre')}办理。")
    return project


def _kind(request, project, name: str, waiting):
    """The opinion asked for by name; else what comes first. Raises Http404 for what is not written on this page."""
    if name or request.method == "POST":
        kind = EVIDENCE.get(name or opinions.FIRST)
        if kind is None or not opinions.beside(kind) or not kind.exists_for(project):
            raise Http404
        return kind
    return opinions.first_due(project, request.user, waiting)


def _unnamed(request, number: str) -> str:
    """The page as it opens by itself, at the same place in the queue."""
    query = request.GET.urlencode()
    return reverse("reviews:review", args=[number]) + (f"?{query}" if query else "")


def _others(user, project, kind, waiting) -> list[tuple[str, str]]:
    """What else may be written here now: label and address."""
    known = {duty.name for duty in waiting} | ({kind.name} if kind else set())
    return _addresses(project, [each for each in opinions.open_to(project, user) if each.name not in known])


def _addresses(project, kinds) -> list[tuple[str, str]]:
    return [(each.called(project), reverse("reviews:opinion", args=[project.number, each.name])) for each in kinds]


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


def _opinion(request, project, kind, error) -> dict:
    """The form with its checklist: as typed, or as the newest opinion has it."""
    verdicts = tuple(verdict for verdict in getattr(error, "verdicts", ()) if verdict.blocks)
    form = getattr(error, "form", None)
    listed = issubclass(kind.form, ChecklistForm)
    row_form = None
    if form is not None:
        _at_fields(form, verdicts)
        typed = (form["checklist"].data or []) if listed else []
        row_form = form.fields["checklist"].row_form if listed else None
    elif request.method == "POST":
        form, typed = _with_phrase(request, project, kind)
    else:
        form = kind.form(project=project, actor=request.user, initial=initial(kind, project))
        typed = form.initial.get("checklist", [])
    return {
        "form": form,
        "fields": _fields(form, kind),
        "criteria": criteria(project, typed, verdicts, row_form, form.items) if listed else [],
        "needed": _addresses(project, [] if verdicts else opinions.needed_before(project, request.user, kind)),
        "verdicts": verdicts,
        "phrases": phrases.offered(project)[phrases.TEXT],
        "agree": PreliminaryOpinion.AGREE,
    }


def _fields(form, kind) -> list:
    """The fields below the criteria."""
    if kind.name == opinions.FIRST:
        return [form[name] for name in PLAIN]
    return [each for each in form.visible_fields() if each.name != "checklist"]


def _at_fields(form, verdicts) -> None:
    """Let a refusal about a field of the opinion stand at that field."""
    for verdict in verdicts:
        for comparison in verdict.comparisons:
            family, _, name = comparison.fact.partition(".")
            if family == form.evidence.name and not comparison.holds and name in form.fields and not form.has_error(name):
                form.add_error(name, verdict.reason)


def _with_phrase(request, project, kind):
    """Without a script: the chosen phrase put after what was typed, or more rows offered; nothing is saved."""
    data = request.POST.copy()
    target = data.get("insert", "")
    if "insert" in data and target != phrases.TEXT and not target.startswith("checklist-"):
        raise Http404
    if target:
        data[target] = f"{data.get(target, '')}{data.get(f'phrase-{target}', '')}"
    form = kind.form.typed(data, project=project, actor=request.user)
    return form, form.initial.get("checklist") or []


def _place(request, number: str) -> dict:
    """上一件 and 下一件 of the queue as it was filtered, when the project was opened from it."""
    place = request.GET.get("queue", "")
    if not place.isascii() or not place.isdigit() or len(place) > 6:
        return {}
    everything = queue(request.user)
    asked = request.GET.copy()
    del asked["queue"]
    form = QueueFilter(asked, waiting=waiting(everything))
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
