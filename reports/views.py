"""Here: pages that read across all rooms. Not here: the sums themselves (budget, performance), writing lists."""

from django.contrib.auth.decorators import login_required
from django.shortcuts import render
from django.views.decorators.http import require_safe

from papers.excel import download
from performance.results import COLUMNS, unit_results
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
    if request.GET.get("as") == "xlsx":
        return download("results", "绩效评价结果", list(COLUMNS.values()), _values(rows, COLUMNS))
    return render(request, "reports/results.html", {"rows": rows})


def _values(rows, columns: dict[str, str]):
    return ([getattr(row, name) for name in columns] for row in rows)
