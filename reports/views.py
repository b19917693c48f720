"""Here: pages that read across all rooms. Not here: the sums themselves (budget, performance), writing lists."""

from django.contrib.auth.decorators import login_required
from django.shortcuts import render
from django.views.decorators.http import require_safe

from performance.results import unit_results
from reports import supervision as read


@login_required
@require_safe
def supervision(request):
    """监督清单: flags, exceptions and switches in one place."""
    context = {
        "flags": read.standing_flags(request.user),
        "waivers": read.exceptions(request.user),
        "parameters": read.switched(request.user),
    }
    return render(request, "reports/supervision.html", context)


@login_required
@require_safe
def results(request):
    """绩效评价结果 by unit and year, for 检查 and 考核 (YQ-3.8-5)."""
    rows = unit_results(request.user)
    return render(request, "reports/results.html", {"rows": rows})
