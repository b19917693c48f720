"""Here: the workbench of the annual plan: envelope, order, lock, files. Not here: the plan itself (budget), lists (views.py)."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from budget.annual import annual_plan
from budget.envelope import set_envelope
from budget.lock import current_lock, in_words, lock_plan, unlock_plan
from budget.plan import place, workbench
from organizations import clock
from organizations.roles import office_roles
from papers.registry import PLAN
from projects.errors import Closed, Invalid
from projects.fields import MoneyField
from projects.models import Project
from projects.papers import notices
from reports.apps import READERS


def _offices(request) -> tuple:
    """The place and the roles of who asks. Raises Http404 for everybody without an office."""
    unit = request.user.organization
    held = office_roles(request.user, unit.jurisdiction_id) if unit else frozenset()
    if not held:
        raise Http404
    return unit.jurisdiction, held


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def plan(request, year: int | None = None):
    """年度计划: candidates against 可用财力 and the table of arranged money (YQ-3.3-5); finance sets 可用财力 (YQ-3.3-1)."""
    jurisdiction, _ = _offices(request)
    year = year or clock.today().year
    if request.method == "POST":
        return _answer(request, year, lambda: _envelope(request, jurisdiction, year), "可用财力已登记。")
    return _page(request, year)


@login_required
@require_POST
def plan_order(request, year: int):
    """Finance puts a candidate one up, one down, or at a place."""
    jurisdiction, _ = _offices(request)
    try:
        project, to = int(request.POST.get("project", "")), int(request.POST.get("to", ""))
        if not 1 <= to < 2**31:
            raise ValueError
    except ValueError:
        return _page(request, year, error="次序请填写从 1 起的整数。", status=400)
    return _answer(request, year, lambda: _place(request, jurisdiction, year, project, to))


@login_required
@require_POST
def plan_lock(request, year: int):
    """Finance locks the plan after confirming, or unlocks it with a reason."""
    jurisdiction, _ = _offices(request)
    if request.POST.get("action") == "unlock":
        reason = request.POST.get("reason", "")
        doing = lambda: unlock_plan(actor=request.user, jurisdiction=jurisdiction, year=year, reason=reason)  # noqa: E731
        return _answer(request, year, doing, "年度计划已解锁。")
    return _answer(request, year, lambda: _lock(request, jurisdiction, year), "年度计划已锁定。")


def _place(request, jurisdiction, year: int, project: int, to: int) -> None:
    try:
        got = place(actor=request.user, jurisdiction=jurisdiction, year=year, project_id=project, to=to)
    except Project.DoesNotExist as error:
        raise Http404 from error
    request.moved = f"已移到第 {got} 位。"


def _lock(request, jurisdiction, year: int) -> None:
    if request.POST.get("confirmed") != "1":
        raise Invalid("请先勾选“已核对”,再锁定。", {"confirmed": []})
    lock_plan(actor=request.user, jurisdiction=jurisdiction, year=year, note=request.POST.get("note", ""))


def _envelope(request, jurisdiction, year: int) -> None:
    try:
        amount = MoneyField().clean(request.POST.get("amount", ""))
    except ValidationError as error:
        raise Invalid(" ".join(error.messages), {"amount": []}) from error
    set_envelope(
        actor=request.user, jurisdiction=jurisdiction, year=year, amount=amount, note=request.POST.get("note", "")
    )


def _answer(request, year: int, doing, done: str = ""):
    """Do it and show the plan again; a refusal is shown above it with everything typed."""
    try:
        doing()
    except (Invalid, Closed) as error:
        said = [each["message"] for found in getattr(error, "errors", {}).values() for each in found]
        return _page(request, year, error=" ".join(said) or error.detail, status=error.status)
    if request.htmx:
        return _page(request, year)
    if done:
        messages.success(request, done)
    row = request.POST.get("project", "")
    return redirect(reverse("reports:plan_year", args=[year]) + (f"#row-{row}" if row else ""))


def _paper(lock):
    """The paper by which a locked plan went out, or None."""
    return notices(PLAN, [lock]).get(lock.pk) if lock else None


def _page(request, year: int, *, error: str = "", status: int = 200):
    """The page, or for HTMX the table of candidates alone."""
    jurisdiction, held = _offices(request)
    lock = current_lock(jurisdiction.pk, year)
    context = {
        "bench": workbench(jurisdiction, year), "plan": annual_plan(jurisdiction, year), "year": year,
        "years": [year - 1, year + 1], "error": error, "typed": request.POST, "lock": lock,
        "paper": _paper(lock), "locked": in_words(lock) if lock else "",
        "finance": "finance" in held, "may": "finance" in held and not lock,
        "board_reader": bool(held & set(READERS)), "moved": getattr(request, "moved", ""),
    }  # fmt: skip
    name = "reports/_candidates.html" if request.htmx else "reports/plan.html"
    return render(request, name, context, status=status)
