"""Here: the page of 例外台账. Not here: what stands in it (waivers.py), asking for and deciding an exception (projects)."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe

from projects.models import Waiver
from reports.waivers import Asked, entries, narrowed, register

PAGE = 20


@login_required
@require_safe
def waivers(request):
    """Exceptions of all visible projects, filtered and paged."""
    if not request.user.is_business:
        raise Http404
    rows = register(request.user)
    form = Asked(request.GET, rows=rows, user=request.user)
    found = narrowed(rows, form.cleaned_data) if form.is_valid() else rows.none()
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "entries": entries(page, request.user),
        "pending": rows.filter(decision=Waiver.PENDING).count(),
    }
    return render(request, "reports/waivers.html", context, status=400 if form.errors else 200)
