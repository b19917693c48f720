"""Here: the page of a project's course. Not here: what it was (timeline.py)."""

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.shortcuts import render
from django.views.decorators.http import require_safe

from papers.excel import CODE, DAY, NUMBER, Book, Column, Sheet, attachment
from projects.views.project import visible_project
from reports.timeline import chart, marks, spans

STAYS = [Column("环节", width=24), Column("开始", DAY), Column("结束", DAY), Column("天数", NUMBER)]
DATES = [
    Column("时限", width=34),
    Column("条款", CODE),
    Column("起算", DAY),
    Column("最后一日", DAY),
    Column("状态"),
    Column("办结", DAY),
]


@login_required
@require_safe
def timeline(request, number: str):
    """进程图: the stages with start and end, the deadlines marked, the same as tables and as Excel."""
    project = visible_project(request, number)
    stays = spans(project)
    dates = marks(project, stays)
    if request.GET.get("format") == "xlsx":
        return attachment(f"timeline-{project.number}", _book(project, stays, dates))
    drawn = chart(stays, dates) if (settings.VENDOR / "echarts.min.js").exists() else None
    context = {"project": project, "stays": stays, "dates": dates, "chart": drawn}
    return render(request, "reports/timeline.html", context)


def _book(project, stays, dates) -> Book:
    walked = ((span.stage, span.starts_on, span.ends_on, span.days) for span in stays)
    rows = (mark.row for mark in dates)
    due = ((row.label, row.rule, row.starts_on, row.due_on, row.status_label, row.met_on) for row in rows)
    return Book(f"{project.name} 进程", [Sheet("环节", STAYS, walked), Sheet("时限", DATES, due)])
