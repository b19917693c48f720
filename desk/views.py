"""Here: the inbox pages, comments and 催办 in the browser. Not here: what lies in the inbox (inbox.py)."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from deadlines.office_reports import owed_by
from desk import board, inbox, own
from desk.many import offered
from desk.talking import comment, urge
from organizations.navigation import start
from projects.errors import ProjectError
from projects.models import FilingBatch, Project
from projects.views.project import visible_project

PAGE, REPORTS = 50, 5
TABS = (("todo", "待办"), ("done", "已办"), ("mine", "我发起的"), ("notices", "抄送和通知"))
KINDS = (
    ("", "全部"),
    ("copy", "抄送"),
    ("deadline.", "时限"),
    ("comment", "留言"),
    ("consult", "加签"),
    ("hand", "转办"),
)


@login_required
@require_safe
def home(request):
    """What waits for this person, the most urgent first; own projects, unread notices and filing windows beside it."""
    if not request.user.is_business:
        return redirect(start(request.user))
    form = board.InboxFilter(request.GET)
    asked, unit = form.asked, request.user.organization
    rows, following = board.page(request.user, asked)
    context = {
        "many": offered(request.user, (row.duty.name for row in rows)),
        "reports": owed_by(request.user)[:REPORTS],
        "query": request.GET.urlencode(),
        "tab": "todo",
        "tabs": TABS,
        "form": form,
        "asked": {name: value for name, value in asked.items() if value and name != "after"},
        "rows": rows,
        "counts": board.counts(request.user),
        "matters": board.matters(request.user),
        "next": _following(request, "after", following),
        "stages": own.stages(request.user),
        "drafts": own.drafts(request.user),
        "notices": [notice for notice in inbox.notices(request.user)[:5] if not notice.seen],
        "batches": FilingBatch.objects.filter(jurisdiction=unit.jurisdiction_id)[:3] if unit else [],
    }
    return render(request, "desk/home.html", context)


def _following(request, name: str, key) -> str:
    """The address of the next page, with everything asked kept."""
    query = request.GET.copy()
    query[name] = key
    return f"?{query.urlencode()}" if key else ""


def _page(request, rows) -> tuple[list, str]:
    """A page of rows ordered by -id and the address of the next; by key, without counting."""
    before = request.GET.get("before", "")
    if before.isascii() and before.isdigit() and len(before) < 19:
        rows = rows.filter(pk__lt=int(before))
    found = list(rows[: PAGE + 1])
    return found[:PAGE], _following(request, "before", found[PAGE - 1].pk if len(found) > PAGE else "")


@login_required
@require_safe
def done(request):
    """已办: what this person did on projects."""
    events, following = _page(request, inbox.done(request.user))
    projects = Project.objects.in_bulk({event.project_id for event in events})
    rows = [
        {
            "event": event,
            "project": projects[event.project_id],
            "what": inbox.in_words(event, projects[event.project_id]),
        }
        for event in events
        if event.project_id in projects
    ]
    return render(request, "desk/done.html", {"tab": "done", "tabs": TABS, "rows": rows, "next": following})


@login_required
@require_safe
def mine(request):
    """我发起的: the projects of one's own unit."""
    rows, following = _page(request, inbox.mine(request.user))
    context = {"tab": "mine", "tabs": TABS, "rows": rows, "next": following, "stages": own.stages(request.user)}
    return render(request, "desk/mine.html", context)


@login_required
@require_safe
def notices(request):
    """抄送和通知: everything one is told, by kind, unread ones marked."""
    kind = request.GET.get("kind", "")
    told = inbox.notices(request.user)
    if kind in dict(KINDS) and kind:
        told = told.filter(event__startswith=kind)
    rows, following = _page(request, told)
    context = {"tab": "notices", "tabs": TABS, "kinds": KINDS, "kind": kind, "rows": rows, "next": following}
    return render(request, "desk/notices.html", context)


@login_required
@require_POST
def read_all(request):
    """Mark every notice as read."""
    inbox.mark_read(request.user)
    return redirect("desk:notices")


@login_required
@require_POST
def say(request, number: str):
    """A comment on a project."""
    project = visible_project(request, number)
    typed = {"text": request.POST.get("text", ""), "offices_only": bool(request.POST.get("offices_only"))}
    try:
        comment(project, actor=request.user, **typed)
    except ProjectError as error:
        context = {"project": project, "error": error, "typed": typed}
        return render(request, "desk/comment.html", context, status=error.status)
    return redirect(reverse("projects:project", args=[number]) + "#comments")


@login_required
@require_POST
def hurry(request, number: str):
    """催办."""
    project = visible_project(request, number)
    try:
        urge(project, actor=request.user)
        messages.success(request, "已催办。")
    except ProjectError as error:
        messages.error(request, error.detail)
    return redirect("projects:project", number=number)
