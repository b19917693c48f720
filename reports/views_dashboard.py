"""Here: the pages of the budget dashboard and of the rows behind its figures. Not here: what they add up (dashboard.py)."""

from dataclasses import astuple

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from organizations.roles import office_roles
from papers.excel import download
from projects.places import chosen_place
from reports.apps import READERS
from reports.chain import FIGURES
from reports.dashboard import GROUPINGS, HEADINGS, Asked, Dashboard, in_words, tallies_of
from reports.drift import last_differences
from reports.funnel import COLUMNS, Step, drawn, funnel
from reports.hints import BY_CODE
from reports.sums import Group

PAGE = 50
BARS = 12
AMOUNTS = [HEADINGS[name] for name in HEADINGS if HEADINGS[name].endswith("(元)")]


def asked(request) -> tuple[Asked, Dashboard]:
    """The filter form and the dashboard it asks for; what cannot be read is not asked. Raises Http404 for other roles."""
    unit = request.user.organization
    if not unit or not set(READERS) & office_roles(request.user, unit.jurisdiction_id):
        raise Http404
    place = chosen_place(request.user, request.GET.get("place", "")) or unit.jurisdiction
    form = Asked(request.GET, tallies=tallies_of(request.user, place), jurisdiction=place, user=request.user)
    form.is_valid()
    return form, Dashboard(request.user, place, form.cleaned_data)


@login_required
@require_safe
def dashboard(request):
    """预算看板: the chain from 申报 to 已付 in sum and by group, and what finance should look at."""
    form, board = asked(request)
    groups = board.groups()
    steps = funnel(board)
    if request.GET.get("format") == "xlsx":
        return _groups_as_excel(board, groups)
    if request.GET.get("format") == "funnel":
        return download("funnel", "各环节的项目", COLUMNS, map(astuple, steps))
    context = {
        "form": form,
        "board": board,
        "chain": [(figure, _rows(board, figure=figure.name)) for figure in board.total.figures],
        "groups": [(group, _cells(board, group)) for group in groups],
        "by": GROUPINGS[board.by],
        "groupings": [
            (label, f"?{board.query(by=name)}#groups", name == board.by) for name, label in GROUPINGS.items()
        ],
        "hints": [(hint, count, _rows(board, warning=hint.code)) for hint, count in board.hints()],
        "funnel": steps,
        "drift": last_differences(jurisdiction=board.jurisdiction),
        "excel": f"?{board.query(by=board.by, format='xlsx')}",
        "funnel_excel": f"?{board.query(format='funnel')}",
        "all": _rows(board),
        "charts": _charts(board.total, groups, steps) if (settings.VENDOR / "echarts.min.js").exists() else None,
    }
    return render(request, "reports/dashboard.html", context, status=400 if form.errors else 200)


@login_required
@require_safe
def rows(request):
    """The projects behind a figure or a hint, paged, with what they add up to."""
    form, board = asked(request)
    found = board.rows()
    if request.GET.get("format") == "xlsx":
        values = map(in_words, found.values().iterator())
        return download("budget-rows", "资金明细", list(HEADINGS.values()), values, totals=AMOUNTS)
    pages = Paginator(found.values(), PAGE)
    pages.count = found.total.projects  # known already
    page = pages.get_page(request.GET.get("page"))
    figure, warning = (form.cleaned_data.get(name) or "" for name in ("figure", "warning"))
    context = {
        "form": form, "board": board, "page": page, "total": found.total, "amounts": AMOUNTS,
        "rows": [(*row[:6], row[6:]) for row in map(in_words, page)],
        "figure": FIGURES.get(figure), "hint": BY_CODE.get(warning),
        "here": board.query(figure=figure, warning=warning),
    }  # fmt: skip
    return render(request, "reports/rows.html", context, status=400 if form.errors else 200)


def _rows(board: Dashboard, **more) -> str:
    """The address of the rows under the same filters and these."""
    return f"{reverse('reports:budget_rows')}?{board.query(**more)}"


def _cells(board: Dashboard, group: Group) -> list[tuple]:
    """The figures of a group, each with the address of its rows."""
    address = _rows(board, **{board.by: group.value})
    return [(figure, f"{address}&figure={figure.name}") for figure in group.figures]


def _groups_as_excel(board: Dashboard, groups: list[Group]):
    columns = [GROUPINGS[board.by], "项目数", *(f"{label}(元)" for label in FIGURES.values())]
    values = ([group.label, group.projects, *(figure.total for figure in group.figures)] for group in groups)
    return download("budget", "预算看板", columns, values, totals=columns[1:])


def _charts(total: Group, groups: list[Group], steps: list[Step]) -> dict:
    """What the page's script draws: plain numbers in 万元, unknown as null. The tables hold the exact amounts."""
    shown = groups[:BARS]
    return {
        "funnel": drawn(steps),
        "chain": {
            "labels": list(FIGURES.values()),
            "series": [_series("金额", (each.total for each in total.figures))],
        },
        "groups": {
            "labels": [group.label for group in shown],
            "series": [
                _series(FIGURES[name], (group.total(name) for group in shown))
                for name in ("declared", "approved", "contracted", "paid")
            ],
        },
    }


def _series(name: str, amounts) -> dict:
    return {"name": name, "data": [None if amount is None else float(round(amount / 10000, 2)) for amount in amounts]}
