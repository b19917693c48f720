"""Here: pages that read across all rooms. Not here: the sums themselves (budget, performance), writing lists."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from budget.annual import annual_plan
from budget.envelope import set_envelope
from organizations import clock
from organizations.roles import office_roles
from performance.results import COLUMNS, unit_results
from projects.errors import Invalid
from projects.fields import MoneyField
from reports import supervision as read
from reports.excel import download

PLAN = {
    "number": "项目编号", "name": "项目名称", "unit": "建设单位", "kind": "建设性质", "priority": "优先级", "source": "资金来源",
    "amount": "安排金额(元)", "authority": "批准机关", "doc_no": "批复文号", "approved_on": "批准日期",
}  # fmt: skip


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
@require_http_methods(["GET", "HEAD", "POST"])
def plan(request, year: int | None = None):
    """年度项目资金安排表 (YQ-3.3-5) for the offices; finance sets the year's 可用财力 here (YQ-3.3-1)."""
    unit = request.user.organization
    held = office_roles(request.user, unit.jurisdiction_id) if unit else frozenset()
    if not held:
        raise Http404
    year = year or clock.today().year
    errors: list[str] = []
    if request.method == "POST":
        errors = _envelope(request, unit.jurisdiction, year)
        if not errors:
            messages.success(request, "可用财力已登记。")
            return redirect("reports:plan_year", year=year)
    found = annual_plan(unit.jurisdiction, year)
    if request.GET.get("as") == "xlsx":
        return download(f"annual-plan-{year}", f"{year}年度资金安排表", list(PLAN.values()), _values(found.rows, PLAN))
    context = {
        "plan": found, "year": year, "years": [year - 1, year + 1], "errors": errors, "typed": request.POST,
        "finance": "finance" in held,
    }  # fmt: skip
    return render(request, "reports/plan.html", context, status=400 if errors else 200)


def _envelope(request, jurisdiction, year: int) -> list[str]:
    try:
        amount = MoneyField().clean(request.POST.get("amount", ""))
        set_envelope(
            actor=request.user, jurisdiction=jurisdiction, year=year, amount=amount, note=request.POST.get("note", "")
        )
    except Invalid as error:
        return [each["message"] for found in error.errors.values() for each in found]
    except ValidationError as error:
        return list(error.messages)
    return []


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
