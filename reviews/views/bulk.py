"""Here: handling many projects in the browser: choose, preview, confirm, result. Not here: doing it (bulk.py)."""

from uuid import UUID, uuid4

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from desk.saved import kept
from reviews.bulk import Handling, handlings, preview, run
from reviews.models import BulkHandling
from reviews.views.queue import reviewer_only


@login_required
@require_POST
def bulk_preview(request):
    """A verdict for every selected project; nothing is done yet."""
    handling = _handling(request)
    back = kept(request.POST.get("back", ""))
    numbers = request.POST.getlist("project")
    if not numbers:
        messages.warning(request, "请先选中要办理的项目。")
        return redirect(_list(request, back))
    found = preview(request.user, handling, numbers)
    context = {
        "handling": handling, "preview": found, "key": uuid4(), "back": back, "note": "", "error": "",
        "list": _list(request, back), "inbox": _from_inbox(request),
    }  # fmt: skip
    return render(request, "reviews/bulk_preview.html", context)


@login_required
@require_POST
def bulk_confirm(request):
    """Do it, row by row; the same form sent twice shows what was done the first time."""
    handling, note = _handling(request), request.POST.get("note", "").strip()
    asked = [tuple(row.rsplit("|", 1)) for row in request.POST.getlist("row") if row.count("|") == 1]
    if handling.needs_note and not note:
        found, back = preview(request.user, handling, [number for number, _ in asked]), kept(request.POST.get("back", ""))
        context = {
            "handling": handling, "preview": found, "key": request.POST.get("key"), "note": note, "back": back,
            "list": _list(request, back), "inbox": _from_inbox(request),
            "error": "请写明说明;这段说明会写入每一件的办理记录。",
        }  # fmt: skip
        return render(request, "reviews/bulk_preview.html", context, status=400)
    try:
        made = run(request.user, handling, asked, note=note, key=UUID(request.POST.get("key", "")))
    except (ValueError, LookupError) as error:
        raise Http404 from error
    return redirect("reviews:bulk_result", key=made.key)


@login_required
@require_safe
def bulk_result(request, key: UUID):
    """What became of every row: done, or not and why. Only for whoever did it."""
    made = get_object_or_404(BulkHandling, key=key, user=request.user)
    context = {
        "made": made,
        "done": [row for row in made.rows if row["done"]],
        "refused": [row for row in made.rows if not row["done"]],
    }
    return render(request, "reviews/bulk_result.html", context)


def _from_inbox(request) -> bool:
    return request.POST.get("from") == "inbox"


def _list(request, back: str) -> str:
    """The list that the selection came from, with its filters."""
    if _from_inbox(request):
        return f"{reverse('desk:home')}?{back}"
    return f"{reverse('reviews:queue')}?{back or 'view=all'}"


def _handling(request) -> Handling:
    """The handling that was chosen. Raises PermissionDenied for others than reviewers and what they may not do."""
    reviewer_only(request.user)
    found = handlings(request.user).get(request.POST.get("handling", ""))
    if found is None:
        raise PermissionDenied("请选择您单位可以批量办理的事项。")
    return found
