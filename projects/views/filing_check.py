"""Here: the list of duties while typing, the rehearsal, checking the answers and filing. Not here: the sections (workspace.py)."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from projects.drafts import hand_in, reviewed, typed_of
from projects.duties import facts
from projects.errors import ProjectError
from projects.evidence import EVIDENCE
from projects.fields import MoneyField
from projects.judgement import facts_stand
from projects.presentation import shown
from projects.rehearsal import address, link, rehearse
from projects.transitions import label_of, options
from projects.views.project import visible_project
from projects.views.workspace import CHECK, asked_now, closed, documents, frame, is_open, own_project
from projects.workspace import FILING, MOVE, holder, in_short, sections

MAIN = {"name", "kind", "origin", "batch", "plan_year", "categories", "ict_based", "declared_total", "objective",
        "business_need", "public_facilities", "shared_data_needed", "shared_data_offered"}  # fmt: skip


@login_required
@require_safe
def duties_part(request, number: str):
    """The list beside the filing for what is being typed; compared with what was on file when the page was opened."""
    project = own_project(request, number)
    asked, unread = request.GET, ""

    def amount(name: str):
        nonlocal unread
        try:
            return MoneyField(required=False).clean(asked.get(name, ""))
        except ValidationError:
            unread = asked.get(name, "")[:40]
            return None

    pack = project.pack
    kind = asked.get("kind") if asked.get("kind") in pack.kinds else project.kind
    origin = asked.get("origin") if asked.get("origin") in pack.origins else project.origin
    before = facts(
        asked.get("before_kind") or project.kind, asked.get("before_origin") or project.origin, amount("before")
    )
    now = facts(kind, origin, amount("declared_total") if "declared_total" in asked else project.investment)
    context = {"project": project, "pack": pack, "part": True} | asked_now(project, now, before, unread)
    return render(request, "projects/filing/_duties.html", context)


@login_required
@require_safe
def rehearsal_page(request, number: str):
    """预检: the reviewer's checks before filing; records nothing."""
    project = own_project(request, number)
    if not is_open(project):
        return closed(request, project)
    context = frame(project, request.user, None) | {"found": rehearse(project, request.user)}
    return render(request, "projects/filing/rehearsal.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def check_page(request, number: str):
    """Check the answers, then file through the door."""
    project, error = own_project(request, number), None
    if request.method == "POST":
        try:
            made = hand_in(
                project.pk, actor=request.user, seen=request.POST.get("seen", ""), mark=request.POST.get("mark", ""),
                note=request.POST.get("note", ""),
            )  # fmt: skip
            messages.success(request, f"已提交,项目现在是“{made.get_target_display()}”。")
            return redirect("projects:project", number=project.number)
        except ProjectError as refusal:
            error = refusal
    project = visible_project(request, project.number)
    if not is_open(project):
        if error is None:
            return closed(request, project)
        return render(request, "projects/filing/closed.html", {"project": project, "error": error}, status=error.status)
    section = next(each for each in sections() if each.code == CHECK)
    with facts_stand(project):
        option = next(each for each in options(project, request.user) if each.move == MOVE)
    unread = [
        {"label": _label(name), "link": address(project, holder(name).code, name)} for name in typed_of(project).typed
    ]
    context = frame(project, request.user, section) | {
        "option": option,
        "move": label_of(project, MOVE),
        "answers": _answers(project),
        "slots": documents(project, frozenset(), {}),
        "blocking": [
            {"verdict": each, "text": in_short(each), "link": link(project, each)} for each in option.blocking
        ],
        "flagged": [{"verdict": each, "text": in_short(each), "link": link(project, each)} for each in option.flagged],
        "unread_fields": unread,
        "mark": reviewed(project),
        "error": error,
        "typed_note": request.POST.get("note", ""),
    }
    return render(request, "projects/filing/check.html", context, status=error.status if error else 200)


def _label(name: str) -> str:
    field = EVIDENCE[FILING].form.base_fields.get(name)
    return str(field.label) if field else name


def _answers(project) -> list[dict]:
    """Every answer by section, in words, each with the link to change it."""
    found = []
    for section in (each for each in sections() if each.fields):
        rows = [
            {"label": _label(name), "value": shown(project, project._meta.get_field(name)), "link": address(project, section.code, name)}
            for name in section.fields
            if name not in ("estimate", "funding") and (getattr(project, name) not in (None, "", []) or name in MAIN)
        ]  # fmt: skip
        found.append({"section": section, "rows": rows, "link": address(project, section.code)})
    return found
