"""Here: the inbox pages, comments and 催办 in the browser. Not here: what lies in the inbox (inbox.py)."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from desk import inbox
from desk.talking import comment, urge
from projects.errors import ProjectError
from projects.models import FilingBatch, Project
from projects.views.project import visible_project

PAGE = 50
TABS = (("todo", "待办"), ("done", "已办"), ("mine", "我发起的"), ("notices", "抄送"))


@login_required
@require_safe
def home(request):
    """What waits for this person, with the unread notices and open filing windows beside it."""
    rows = inbox.entries(list(inbox.todo(request.user)[: PAGE + 1]))
    unit = request.user.organization
    context = {
        "tab": "todo",
        "tabs": TABS,
        "rows": rows[:PAGE],
        "more": len(rows) > PAGE,
        "notices": [notice for notice in inbox.notices(request.user)[:5] if not notice.seen],
        "batches": FilingBatch.objects.filter(jurisdiction=unit.jurisdiction_id)[:3] if unit else [],
    }
    return render(request, "desk/home.html", context)


@login_required
@require_safe
def done(request):
    """已办: what this person did on projects."""
    page = Paginator(inbox.done(request.user), PAGE).get_page(request.GET.get("page"))
    projects = Project.objects.in_bulk({event.project_id for event in page})
    rows = [
        {
            "event": event,
            "project": projects[event.project_id],
            "what": inbox.in_words(event, projects[event.project_id]),
        }
        for event in page
        if event.project_id in projects
    ]
    return render(request, "desk/done.html", {"tab": "done", "tabs": TABS, "rows": rows, "page": page})


@login_required
@require_safe
def mine(request):
    """我发起的: the projects of one's own unit."""
    page = Paginator(inbox.mine(request.user), PAGE).get_page(request.GET.get("page"))
    return render(request, "desk/mine.html", {"tab": "mine", "tabs": TABS, "page": page})


@login_required
@require_safe
def notices(request):
    """抄送: everything one is told, unread ones marked."""
    page = Paginator(inbox.notices(request.user), PAGE).get_page(request.GET.get("page"))
    return render(request, "desk/notices.html", {"tab": "notices", "tabs": TABS, "page": page})


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
    try:
        comment(
            project,
            actor=request.user,
            text=request.POST.get("text", ""),
            offices_only=bool(request.POST.get("offices_only")),
        )
    except ProjectError as error:
        messages.error(request, error.detail)
    return redirect("projects:project", number=number)


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
