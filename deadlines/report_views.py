"""Here: the page of recurring reports that offices owe. Not here: opening them (office_reports, recurring)."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import F
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from deadlines import office_reports
from deadlines.board import office, pack_of
from organizations import clock
from organizations.roles import office_roles
from projects.errors import ProjectError

PAGE = 20


@login_required
@require_safe
def reports(request):
    """What one's offices owe and what is addressed to them; the open ones first."""
    user, today = request.user, clock.today()
    found = office_reports.seen_by(user).order_by(
        F("done_on").asc(nulls_first=True), F("due_on").asc(nulls_last=True), "-opened_on", "id"
    )
    own = user.organization.jurisdiction.code if user.is_business else ""
    page, pack = Paginator(found, PAGE).get_page(request.GET.get("page")), pack_of(user, own)
    rows = [
        {
            "report": each,
            "who": office(pack, each.who),
            "to": "、".join(office(pack, role) for role in each.to),
            "late": each.late_on(today),
            "mine": each.done_on is None and each.who in office_roles(user, each.jurisdiction_id),
        }
        for each in page
    ]
    return render(request, "deadlines/reports.html", {"page": page, "rows": rows, "tab": "reports"})


@login_required
@require_POST
def report_made(request, pk: int):
    """Say that a report was made, by which paper."""
    report = get_object_or_404(office_reports.seen_by(request.user), pk=pk)
    try:
        office_reports.made(report, actor=request.user, reference=request.POST.get("reference", ""))
        messages.success(request, f"“{report}”已登记报送。")
    except ProjectError as error:
        wrong = getattr(error, "errors", {}).get("reference")
        messages.error(request, wrong[0]["message"] if wrong else error.detail)
    return redirect("deadlines:reports")
