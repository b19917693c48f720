"""Here: the overview of evaluations. Not here: recording them (evidence), their export by unit and year (reports)."""

from django import forms
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe

from organizations.roles import office_roles
from performance.eligible import eligible_projects
from performance.overview import grades, under_way, warned
from performance.results import results_of
from projects.places import in_place, offer_places
from projects.scope import visible_projects

PAGE = 50


@login_required
@require_safe
def overview(request):
    """What may be evaluated, what is being evaluated, what came out, and where the results count next, for the offices."""
    unit = request.user.organization
    held = office_roles(request.user, unit.jurisdiction_id) if unit else frozenset()
    if not held:
        raise Http404
    form = forms.Form(request.GET)
    offer_places(form, request.user)
    place = form.cleaned_data.get("place", "") if form.is_valid() else ""
    results = results_of(in_place(visible_projects(request.user), place))
    context = {
        "form": form,
        "several": "place" in form.fields,
        "finance": "finance" in held,
        "board_reader": bool(held & {"finance", "gov_office", "audit", "centre"}),
        "eligible": [each for each in eligible_projects(request.user, place) if not each.started],
        "under_way": under_way(request.user, place),
        "grades": grades(results),
        "warned": warned(request.user, place),
        "page": Paginator(results, PAGE).get_page(request.GET.get("page")),
    }
    return render(request, "performance/overview.html", context)
