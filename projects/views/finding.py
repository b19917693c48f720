"""Here: the search page. Not here: finding (projects.search)."""

from django.contrib.auth.decorators import login_required
from django.shortcuts import render
from django.views.decorators.http import require_safe

from projects.past import visible_past
from projects.places import several
from projects.scope import visible_projects
from projects.search import LONGEST, found, matching

PAST = 10


@login_required
@require_safe
def search(request):
    """Visible projects by number, name, unit or pinyin, those by number first; then past projects."""
    words = request.GET.get("q", "").replace("\x00", "")[:LONGEST].strip()
    groups, more = found(visible_projects(request.user), words)
    count = sum(len(group.rows) for group in groups)
    past = list(matching(visible_past(request.user), words)[:PAST]) if words else []
    context = {"q": words, "groups": groups, "more": more, "count": count, "past": past, "several": several(request.user)}
    return render(request, "projects/search.html", context)
