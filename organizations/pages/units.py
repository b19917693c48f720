"""Here: the system administrator's pages of units and of offices. Not here: people, what a unit says of itself."""

from django.contrib import messages
from django.db import transaction
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from organizations import audit
from organizations.accounts import set_active
from organizations.doors import for_post, posted
from organizations.forms_system import OfficeForm, UnitFilter, UnitForm
from organizations.models import Jurisdiction, Office, Organization, Post, Role
from organizations.pages.tables import page_of, saved, standing
from policies.loader import load

system_only = for_post(Post.SYSTEM_ADMIN)


@require_safe
@system_only
def units(request: HttpRequest) -> HttpResponse:
    """All units of all jurisdictions, in use first."""
    asked = UnitFilter(request.GET)
    wanted = asked.cleaned_data if asked.is_valid() else {}
    rows = Organization.objects.select_related("jurisdiction").prefetch_related("offices")
    rows = rows.annotate(people=Count("users", filter=Q(users__is_active=True))).order_by("-active", "name", "pk")
    if wanted.get("q"):
        rows = rows.filter(Q(name__icontains=wanted["q"]) | Q(credit_code__iexact=wanted["q"]))
    if wanted.get("type"):
        rows = rows.filter(type=wanted["type"])
    rows = rows.filter(**standing(wanted.get("active", ""), "active"))
    context = {"form": asked, "page": page_of(rows, request.GET.get("page")), "tab": "units"}
    return render(request, "organizations/system/units.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@system_only
def unit(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """One unit: its data, its offices, its people; or a new one."""
    row = get_object_or_404(Organization, pk=pk) if pk else None
    form = UnitForm(posted(request), instance=row)
    if request.method == "POST" and form.is_valid():
        kept = saved(form, "unit_changed" if row else "unit_opened", actor=request.user)
        messages.success(request, "已保存。")
        return redirect("organizations:system_unit", pk=kept.pk)
    context = {"form": form, "unit": Organization.objects.get(pk=pk) if pk else None, "tab": "units"}
    if row:
        context |= {
            "offices": row.offices.select_related("jurisdiction"),
            "people": row.users.order_by("-is_active", "username")[:100],
        }
    return render(request, "organizations/system/unit.html", context, status=400 if form.errors else 200)


@require_POST
@system_only
def unit_active(request: HttpRequest, pk: int) -> HttpResponse:
    """Deactivate a dissolved unit, or take it back into use. Its projects stay where they are."""
    row, active = get_object_or_404(Organization, pk=pk), request.POST.get("active") == "yes"
    reason = request.POST.get("reason", "").strip()
    if not active and not reason:
        messages.error(request, "停用单位须写明原因。")
    else:
        set_active(row, active, actor=request.user, reason=reason[:200])
        messages.success(request, "单位已启用。" if active else "单位已停用，本单位人员不能再办理业务。")
    return redirect("organizations:system_unit", pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
@system_only
def offices(request: HttpRequest) -> HttpResponse:
    """Who holds which office, by jurisdiction, vacant ones included; and the form for a new one."""
    form = OfficeForm(posted(request))
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            office = form.save()
            audit.record(request.user, "office_given", office)
        messages.success(request, "职责已登记。")
        return redirect("organizations:system_offices")
    context = {"form": form, "places": _places(), "tab": "offices"}
    return render(request, "organizations/system/offices.html", context, status=400 if form.errors else 200)


def _places() -> list[dict]:
    """Each jurisdiction with the roles its instrument knows and the units that hold them, in two queries."""
    held: dict[tuple[int, str], list[Office]] = {}
    for office in Office.objects.select_related("organization").order_by("-active", "pk"):
        held.setdefault((office.jurisdiction_id, office.role), []).append(office)
    found = []
    for place in Jurisdiction.objects.all():
        pack = load(place.pack)
        roles = [
            (label, pack.offices.get(role, ""), held.get((place.pk, role), []))
            for role, label in Role.choices
            if role in pack.offices or (place.pk, role) in held
        ]
        found.append({"place": place, "pack": pack, "roles": roles})
    return found


@require_POST
@system_only
@transaction.atomic
def office_active(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an office away from a unit, or give it back; what the unit decided in it stays on record."""
    office = get_object_or_404(Office.objects.select_for_update(of=("self",)), pk=pk)
    active = request.POST.get("active") == "yes"
    if office.active != active:
        office.active = active
        office.save(update_fields=["active"])
        audit.record(request.user, "office_given" if active else "office_taken", office)
    messages.success(request, "职责已登记。" if active else "职责已收回。")
    return redirect("organizations:system_offices")
