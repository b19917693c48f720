"""Here: evaluations of a place at a glance: due, under way, concluded, and what they mean later. Not here: the page, recording."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from performance.models import EvaluationOpinion, EvaluationResult, EvaluationStart
from performance.results import results_of
from projects.models import Project
from projects.places import in_place
from projects.scope import visible_projects
from projects.states import State

POOR = ("中", "差")
ASKING = (State.FILED, State.ENDORSED, State.APPROVED)


@dataclass(frozen=True)
class UnderWay:
    """A started evaluation: who takes part, whose opinion is there, whether a result is on file."""

    start: EvaluationStart
    given: list[str]
    has_result: bool

    @property
    def missing(self) -> list[str]:
        """Participants without an opinion, as far as opinions are asked of them by name."""
        return [name for name in self.start.participants if name not in self.given]


def under_way(user, place: str = "") -> list[UnderWay]:
    """Started and not concluded, longest first. Three queries."""
    valid = EvaluationStart.objects.filter(voided_at=None, project__in=in_place(visible_projects(user), place))
    newer = EvaluationStart.objects.filter(voided_at=None, project=OuterRef("project"), pk__gt=OuterRef("pk"))
    result = EvaluationResult.objects.filter(evaluation=OuterRef("pk"), voided_at=None)
    rows = valid.filter(~Exists(newer), project__state=State.IN_SERVICE).annotate(has_result=Exists(result))
    rows = list(rows.select_related("project__department", "project__jurisdiction").order_by("recorded_on", "id"))
    given: dict[int, list[str]] = {}
    for start, unit in EvaluationOpinion.objects.filter(evaluation__in=rows, voided_at=None).values_list(
        "evaluation", "unit"
    ):
        given.setdefault(start, []).append(unit)
    return [UnderWay(row, given.get(row.pk, []), row.has_result) for row in rows]


def grades(results: QuerySet[EvaluationResult]) -> list[tuple[str, int]]:
    """How many results have each grade, best first."""
    counted = Counter(dict(results.order_by().values_list("grade").annotate(Count("pk"))))
    return [(grade, counted[grade]) for grade, _ in EvaluationResult.GRADES]


@dataclass(frozen=True)
class Warned:
    """A filing or budget now being decided whose unit or system has a poor result."""

    project: Project
    result: EvaluationResult
    same_system: bool


def warned(user, place: str = "") -> list[Warned]:
    """Filings that wait for 预审 or a budget and should be read with an earlier 中 or 差 in mind (YQ-3.8-6, -7). Three queries."""
    poor = [row for row in results_of(in_place(visible_projects(user), place)) if row.grade in POOR]
    asking = in_place(visible_projects(user), place).filter(state__in=ASKING).select_related("department", "jurisdiction")
    units, systems = {row.project.department_id for row in poor}, {row.project_id for row in poor}
    asking = asking.filter(Q(department__in=units) | Q(serves__in=systems)).order_by("-id")
    found = []
    for project in asking:
        own = [row for row in poor if row.project_id == project.serves_id]
        same_unit = [row for row in poor if row.project.department_id == project.department_id]
        found.append(Warned(project, (own or same_unit)[0], bool(own)))
    return found
