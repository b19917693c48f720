"""Here: what the daily comparisons of the sums found. Not here: comparing (drift.py)."""

from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe

from organizations.models import Post
from organizations.roles import held
from reports.apps import READERS
from reports.models import RollupCheck

SHOWN = 30


@login_required
@require_safe
def checks(request):
    """看板对账: for those who read the dashboard with each difference, for the system administrator without amounts."""
    reads = bool(held(request.user) & set(READERS))
    if not reads and request.user.post != Post.SYSTEM_ADMIN:
        raise Http404
    found = list(RollupCheck.objects.all()[:SHOWN])
    context = {"checks": found, "last": found[0] if found else None, "reads": reads}
    return render(request, "reports/checks.html", context)
