"""Here: the list, a new draft, the project page, its ledger. Not here: forms of evidence (record.py), decisions."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from organizations import clock
from policies.loader import load
from projects import presentation, representations
from projects.bars import bars
from projects.drafts import unfinished
from projects.errors import Forbidden, Invalid
from projects.evidence import EVIDENCE
from projects.filing import open_draft
from projects.listing import ListFilter, page
from projects.looking import opened
from projects.materials import checklist
from projects.models import Project
from projects.panels import hints, panels
from projects.permissions import may_record
from projects.places import offer_places, several
from projects.scope import visible_projects
from projects.transitions import options
from projects.validity import obstacle


def visible_project(request, number: str) -> Project:
    """The project of this number if this person may see it, else 404; 403 for sending something where one only looks."""
    found = visible_projects(request.user).select_related("department", "jurisdiction").filter(number=number).first()
    if found is None:
        raise Http404
    try:
        opened(request, found)
    except Forbidden as error:
        raise PermissionDenied(error.detail) from error
    return found


def may_fill(project: Project, user) -> bool:
    """Whether this person may go on writing the filing now."""
    filing = EVIDENCE["filing"]
    return filing.is_open(project) and may_record(user, project, filing)


@login_required
@require_safe
def project_list(request):
    """Visible projects, newest first, filtered; paged by key, without counting."""
    instead, over = bars(request, "projects:list")
    if instead:
        return instead
    asked = ListFilter(request.GET)
    offer_places(asked, request.user)
    valid = asked.is_valid()
    rows, following = page(visible_projects(request.user), asked.cleaned_data) if valid else ([], None)
    query = request.GET.copy()
    if following:
        query["before"] = following
    context = {
        "form": asked,
        "bars": over,
        "rows": [representations.row(each) for each in rows],
        "unfinished": unfinished(request.user, [each[1] for each in rows]),
        "next": f"?{query.urlencode()}" if following else "",
        "chosen": request.GET.getlist("state"),
        "several": several(request.user),
    }
    return render(request, "projects/list.html", context, status=200 if valid else 400)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new_project(request):
    """Open a draft of one's own unit."""
    unit = request.user.organization
    pack = load(unit.jurisdiction.pack) if unit else None
    if pack is None or not request.user.is_business:
        raise Http404
    typed, errors = {}, {}
    if request.method == "POST":
        typed = {name: request.POST.get(name, "") for name in ("name", "kind", "origin")}
        try:
            project = open_draft(actor=request.user, **typed)
            return redirect("projects:filing_section", number=project.number, section="basics")
        except Invalid as error:
            errors = {name: messages[0]["message"] for name, messages in error.errors.items()}
    context = {"pack": pack, "typed": typed, "errors": errors, "obstacle": obstacle(pack)}
    return render(request, "projects/new.html", context, status=400 if errors else 200)


@login_required
@require_safe
def project_page(request, number: str):
    """The project: where it stands, what comes next, what stands in the way, everything on file."""
    project = visible_project(request, number)
    found = options(project, request.user)
    context = {
        "project": project,
        "pack": project.pack,
        "lapsed": project.pack.lapsed(clock.today()),
        "governing": [project.pack.governing],
        "bound": not project.pack.lapsed(project.filed_on or clock.today()),
        "stage": representations.stage_of(project),
        "bar": presentation.lifecycle_bar(project),
        "next": next((option for option in found if option.forward), None),
        "others": [option for option in found if not option.forward and option.permitted],
        "recordable": presentation.recordable(project, request.user),
        "records": presentation.records_on_file(project),
        "timeline": presentation.timeline(project),
        "materials": checklist(project),
        "flags": project.flags.filter(cleared_on=None),
        "waivers": project.waivers.select_related("requested_by", "decided_by"),
        "panels": panels(project, request.user),
        "hints": hints(project, request.user),
        "may_fill": may_fill(project, request.user),
    }
    return render(request, "projects/project.html", context)


@login_required
@require_safe
def ledger_page(request, number: str):
    """Every passage with all verdicts and hashes."""
    project = visible_project(request, number)
    rows = [(passage, passage.computed_hash() == passage.hash) for passage in project.passages.order_by("number")]
    return render(request, "projects/ledger.html", {"project": project, "rows": rows})
