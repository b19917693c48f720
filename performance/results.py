"""Here: results of evaluations by unit and year, for inspection and appraisal. Not here: recording them, exporting (reports)."""

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from performance.models import EvaluationResult
from projects.models import Project
from projects.places import several
from projects.scope import visible_projects
from projects.states import State


@dataclass(frozen=True)
class UnitResult:
    """One row of the yearly report of a unit (YQ-3.8-5)."""

    unit: str
    year: int
    number: str
    project: str
    grade: str
    method: str
    concluded_on: date
    opinion: str


COLUMNS = {
    "unit": "单位", "year": "年度", "number": "项目编号", "project": "项目名称", "grade": "评价等级", "method": "评价方式",
    "concluded_on": "结论日期", "opinion": "评价结论",
}  # fmt: skip


def unit_results(user, *, year: int | None = None, unit=None) -> list[UnitResult]:
    """Results of evaluated projects that this person may see, by unit, then date; of one year or one unit if asked.

    For whoever reads several places a unit is named with its place: each has a 财政局.
    """
    across = several(user)
    rows = results_of(visible_projects(user))
    rows = rows.filter(concluded_on__year=year) if year else rows
    rows = rows.filter(project__department=unit) if unit else rows
    found = [
        UnitResult(
            unit=f"{row.project.jurisdiction} {row.project.department}" if across else row.project.department.name,
            year=row.concluded_on.year,
            number=row.project.number,
            project=row.project.name,
            grade=row.grade,
            method=row.method,
            concluded_on=row.concluded_on,
            opinion=row.opinion,
        )
        for row in rows
    ]
    return sorted(found, key=lambda row: (row.unit, row.concluded_on, row.number))


def results_of(projects: QuerySet[Project]) -> QuerySet[EvaluationResult]:
    """The newest valid result of each of these projects whose evaluation is concluded, newest first."""
    valid = EvaluationResult.objects.filter(project__in=projects, project__state=State.EVALUATED, voided_at=None)
    newest = valid.order_by("project_id", "-id").values_list("project_id", "pk")
    by_project: dict[int, int] = {}
    for project_id, pk in newest:
        by_project.setdefault(project_id, pk)
    rows = EvaluationResult.objects.filter(pk__in=by_project.values())
    return rows.select_related("project__department", "project__jurisdiction").order_by("-concluded_on", "-id")
