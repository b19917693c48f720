"""Here: the page of the register of past projects. Not here: who sees them (projects/past.py), bringing them in (imports.py)."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe

from projects.past import may_keep, visible_past
from projects.search import LONGEST, matching

PAGE = 50


@login_required
@require_safe
def past(request):
    """Past projects that one may see, the newest first, narrowed by words."""
    if not request.user.is_business:
        raise Http404
    words = request.GET.get("q", "").replace("\x00", "")[:LONGEST].strip()
    rows = visible_past(request.user)
    page = Paginator(matching(rows, words) if words else rows, PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "q": words, "may_keep": may_keep(request.user)}
    return render(request, "projects/past.html", context)
