"""Here: the board of clocks, a project's 时限表, statistics, 督办 in the browser. Not here: reckoning, filtering (board)."""

from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from deadlines import board as across
from deadlines import escalation, statistics
from deadlines.models import Escalation
from deadlines.timetable import BACK_AFTER, timetable
from organizations import clock
from projects.bars import bars
from projects.errors import ProjectError
from projects.permissions import offices_in_words, roles
from projects.places import several
from projects.scope import visible_projects
from projects.views.project import visible_project

MAIN = ("state", "place", "who", "code", "unit", "stage", "q")


class BackForm(forms.Form):
    """After how many days papers given back today would be here again."""

    back = forms.IntegerField(label="假设今天退回补正,几天后交回", min_value=1, max_value=365, required=False)


@login_required
@require_safe
def board(request):
    """Clocks of visible projects, offices side by side above; the earliest last day first."""
    instead, above = bars(request, "deadlines:board")
    if instead is not None:
        return instead
    form = across.Asked(request.GET, user=request.user)
    asked = form.asked
    page = Paginator(across.with_projects(across.rows(request.user, asked)), across.PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "main": [form[name] for name in MAIN if name in form.fields],
        "kept": [(name, request.GET[name]) for name in ("rule", "month", "year") if asked.get(name)],
        "asked": {name for name in asked if name != "state"},
        "bars": above,
        "page": page,
        "rows": across.in_words(page, request.user),
        "offices": across.offices(request.user, asked),
        "query": _query(request, "page"),
        "several": several(request.user),
        "tab": "board",
    }
    return render(request, "deadlines/board.html", context)


def _query(request, *without: str) -> str:
    """The filters of the address as they are, without these."""
    query = request.GET.copy()
    for name in without:
        query.pop(name, None)
    return query.urlencode()


@login_required
@require_safe
def project_deadlines(request, number: str):
    """时限表 of one project: every clock, what it used, why it stood still, what giving back today would mean."""
    project = visible_project(request, number)
    form = BackForm(request.GET)
    back = (form.cleaned_data.get("back") if form.is_valid() else None) or BACK_AFTER
    standing = [(each, offices_in_words(project, [each.to])) for each in escalation.standing(project)]
    context = {
        "project": project,
        "rows": timetable(project, back),
        "form": form,
        "back": back,
        "escalations": standing,
        "superior_roles": {each.to for each, _ in standing} & roles(request.user, project),
        "today": clock.today(),
    }
    return render(request, "deadlines/project.html", context, status=400 if form.errors else 200)


@login_required
@require_safe
def figures(request):
    """How many were met in time, late, are late still; every figure leads to its rows on the board."""
    form = statistics.Asked(request.GET, user=request.user)
    asked = form.asked
    given = {name: asked[name] for name in statistics.KEPT if asked.get(name)}
    lines = [(line, _cells(line, given)) for line in statistics.lines(request.user, asked)]
    whole = statistics.whole(request.user, asked)
    context = {
        "form": form, "lines": lines, "whole": whole, "whole_cells": _cells(whole, given),
        "by": dict(statistics.GROUPINGS)[asked.get("by") or statistics.OFFICE], "query": _query(request), "tab": "statistics",
    }  # fmt: skip
    return render(request, "deadlines/statistics.html", context)


def _cells(line: statistics.Line, given: dict) -> list[tuple[int, str]]:
    """Each outcome's figure and the address of its rows."""
    address = reverse("deadlines:board")
    return [
        (getattr(line, name), f"{address}?{urlencode({**given, **line.key, 'state': name})}")
        for name in statistics.OUTCOMES
    ]


@login_required
@require_POST
def supervise(request, pk: int):
    """The superior says what was done about a clock that is late."""
    found = Escalation.objects.filter(deadline__project__in=visible_projects(request.user))
    each = get_object_or_404(found.select_related("deadline__project__department", "deadline__project__jurisdiction"), pk=pk)
    try:
        escalation.handle(each, actor=request.user, note=request.POST.get("note", ""))
        messages.success(request, "督办意见已记录,并通知了办理单位。")
    except ProjectError as error:
        wrong = getattr(error, "errors", {}).get("note")
        messages.error(request, wrong[0]["message"] if wrong else error.detail)
    return redirect("deadlines:project", number=each.deadline.project.number)
