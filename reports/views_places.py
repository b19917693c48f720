"""Here: the page that compares places, and the endorsements behind its median. Not here: the figures (places.py)."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe

from organizations.roles import held
from papers.excel import DAY, NUMBER, Column, download
from projects.places import chosen_place, in_place, several
from projects.scope import visible_projects
from reports.apps import READERS
from reports.chain import FIGURES
from reports.places import COLUMNS, PHASES, SHOWN, endorsements, side_by_side

PAGE = 50
PACE = ["项目编号", "项目名称", "建设单位", Column("申报日期", DAY), Column("预审通过", DAY), Column("天数", NUMBER)]


@login_required
@require_safe
def places(request):
    """辖区对比: every place that this person may read, side by side."""
    if not several(request.user):
        raise Http404
    lines = side_by_side(request.user)
    if request.GET.get("format") == "xlsx":
        return download("places", "辖区对比", COLUMNS, (line.values() for line in lines), totals=["项目数", *PHASES])
    context = {
        "lines": lines,
        "phases": list(PHASES),
        "money": [FIGURES[name] for name in SHOWN],
        "board_reader": bool(held(request.user) & set(READERS)),
    }
    return render(request, "reports/places.html", context)


@login_required
@require_safe
def pace(request, code: str):
    """The endorsements of one place, the slowest first."""
    place = chosen_place(request.user, code)
    if place is None:
        raise Http404
    rows = endorsements(in_place(visible_projects(request.user), code)).select_related("department")
    rows = rows.order_by("-days", "pk")
    if request.GET.get("format") == "xlsx":
        return download("pace", f"{place}申报到预审通过", PACE, map(_cells, rows.iterator(2000)))
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    return render(request, "reports/pace.html", {"place": place, "page": page})


def _cells(each) -> list:
    return [each.number, each.name, each.department.name, each.filed_on, each.endorsed_on, each.days.days]
