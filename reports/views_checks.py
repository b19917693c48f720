"""Here: what the daily comparisons of the sums found. Not here: comparing (drift.py)."""

from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe

from organizations.models import Post
from organizations.roles import office_roles
from reports.apps import READERS
from reports.drift import last_differences
from reports.models import RollupCheck

SHOWN = 30


@login_required
@require_safe
def checks(request):
    """看板对账: for those who read a place's dashboard with each difference, for the system administrator without."""
    unit = request.user.organization
    reads = bool(unit and office_roles(request.user, unit.jurisdiction_id) & set(READERS))
    if not reads and request.user.post != Post.SYSTEM_ADMIN:
        raise Http404
    found = RollupCheck.objects.select_related("jurisdiction")
    if reads:
        found = found.filter(jurisdiction=unit.jurisdiction_id)
    shown = list(found[:SHOWN])
    number = last_differences(**({"jurisdiction": unit.jurisdiction_id} if reads else {}))
    last = shown[0] if reads and shown else None
    context = {"checks": shown, "number": number, "differences": last.differences if last else [], "reads": reads}
    return render(request, "reports/checks.html", context)
