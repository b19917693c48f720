"""Here: the pages of the expert pool. Not here: what may be changed (reviews/pool.py), the draw (draw.py)."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from organizations.naming import office_here
from organizations.roles import office_jurisdictions
from projects.errors import Invalid
from reviews import pool
from reviews.forms.experts import ExpertForm, PoolFilter
from reviews.models import Expert

PAGE = 50


def readers_only(request):
    """The experts this person may know. Raises Http404 for whose office may know none."""
    places = [place for place in office_jurisdictions(request.user) if pool.may_read(request.user, place)]
    if not places:
        raise Http404
    return pool.readable(request.user)


@login_required
@require_safe
def experts(request):
    """The pool, filtered and paged, each with the last review."""
    rows = readers_only(request)
    asked = PoolFilter(request.GET, pool.specialties(rows))
    valid = asked.is_valid()
    found = filtered(rows, asked.cleaned_data) if valid else rows.none()
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    served = pool.services(office_jurisdictions(request.user))
    query = request.GET.copy()
    query.pop("page", None)
    context = {
        "form": asked, "page": page, "query": query.urlencode(), "may_keep": pool.may_keep(request.user),
        "rows": [{"expert": each, "services": pool.of(each, served)} for each in page],
        "counted": {"in": rows.filter(active=True).count(), "out": rows.filter(active=False).count()},
    }  # fmt: skip
    return render(request, "reviews/experts/list.html", context, status=200 if valid else 400)


def filtered(rows, asked: dict):
    """The rows that the filter asks for."""
    if asked["q"]:
        rows = rows.filter(Q(name__icontains=asked["q"]) | Q(employer__icontains=asked["q"]))
    if asked["state"]:
        rows = rows.filter(active=asked["state"] == "in")
    return pool.with_specialty(rows, asked["specialty"]) if asked["specialty"] else rows


@login_required
@require_safe
def expert(request, pk: int):
    """One expert: what is on file, whether in use, the history of service."""
    return shown(request, get_object_or_404(readers_only(request), pk=pk))


def shown(request, found: Expert, *, errors: dict | None = None, typed: str = ""):
    """The page of one expert, with what went wrong at the last try."""
    services = pool.of(found, pool.services([found.jurisdiction_id]))
    context = {
        "expert": found, "services": services, "errors": errors or {}, "typed": typed,
        "recusals": found.recusals.select_related("project"), "may_keep": keeps(request, found),
    }  # fmt: skip
    return render(request, "reviews/experts/expert.html", context, status=400 if errors else 200)


def keeps(request, found: Expert) -> bool:
    """Whether this person keeps the pool that the expert is in."""
    return pool.may_keep(request.user) and found.jurisdiction_id == request.user.organization.jurisdiction_id


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request, pk: int | None = None):
    """Add an expert, or change one."""
    rows = readers_only(request)
    if not pool.may_keep(request.user):
        raise PermissionDenied(f"专家库由{office_here(request.user, pool.KEEPER)}维护")
    place = request.user.organization.jurisdiction
    instance = get_object_or_404(rows, pk=pk, jurisdiction=place) if pk else Expert(jurisdiction=place)
    form = ExpertForm(request.POST if request.method == "POST" else None, instance=instance)
    if request.method == "POST" and form.is_valid():
        saved = pool.keep(form, actor=request.user)
        messages.success(request, f"{saved.name} 已{'更新' if pk else '入库'}。")
        return redirect("reviews:expert", pk=saved.pk)
    context = {"form": form, "expert": instance if pk else None}
    return render(request, "reviews/experts/edit.html", context, status=400 if form.errors else 200)


@login_required
@require_POST
def state(request, pk: int):
    """Suspend an expert, or take one back, with the reason."""
    found = get_object_or_404(readers_only(request), pk=pk)
    active, reason = request.POST.get("active") == "1", request.POST.get("reason", "")
    try:
        pool.suspend(found, actor=request.user, active=active, reason=reason)
    except Invalid as error:
        words = {name: each[0]["message"] for name, each in error.errors.items()}
        return shown(request, found, errors=words, typed=reason)
    messages.success(request, f"{found.name} 已{'恢复在库' if active else '停用'},理由已记录。")
    return redirect("reviews:expert", pk=pk)
