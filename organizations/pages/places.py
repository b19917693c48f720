"""Here: the system administrator's pages of jurisdictions. Not here: units and offices in them (units.py)."""

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from organizations.doors import posted
from organizations.forms_places import PlaceForm
from organizations.models import Jurisdiction
from organizations.pages.tables import saved
from organizations.pages.units import system_only
from policies.loader import available, load


@require_safe
@system_only
def places(request: HttpRequest) -> HttpResponse:
    """Every jurisdiction below the one it lies under, with its instrument; a fixed number of queries."""
    units = Count("organizations", filter=Q(organizations__active=True))
    rows = list(Jurisdiction.objects.select_related("parent").annotate(units=units))
    context = {"rows": _in_order(rows), "tab": "places"}
    return render(request, "organizations/system/places.html", context)


def _in_order(rows: list[Jurisdiction], above: int | None = None, depth: int = 0) -> list[dict]:
    """Each place with those below it behind it, and how deep it lies."""
    known = set(available())
    found = []
    for place in rows:
        if place.parent_id == above:
            document = load(place.pack).doc_no if place.pack in known else place.pack
            found.append({"place": place, "depth": depth, "document": document})
            found += _in_order(rows, place.pk, depth + 1)
    return found


@require_http_methods(["GET", "HEAD", "POST"])
@system_only
def place(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """One jurisdiction, or a new one; every change goes on record with what was before."""
    row = get_object_or_404(Jurisdiction, pk=pk) if pk else None
    form = PlaceForm(posted(request), instance=row)
    if request.method == "POST" and form.is_valid():
        kept = saved(form, "place.change" if row else "place.add", actor=request.user)
        messages.success(request, "已保存。")
        return redirect("organizations:system_place", pk=kept.pk)
    before = Jurisdiction.objects.get(pk=pk) if pk else None
    context = {"form": form, "place": before, "tab": "places"}
    return render(request, "organizations/system/place.html", context, status=400 if form.errors else 200)
