"""Here: when a project may be evaluated, and which may now. Not here: starting an evaluation."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Subquery

from acceptance.models import Delivery
from organizations import clock
from performance.models import EvaluationStart
from policies.vocabulary import FACTS
from policies.workdays import add_months, add_years
from projects.evidence import EVIDENCE
from projects.instruments import parameter
from projects.models import Project
from projects.places import in_place
from projects.scope import visible_projects
from projects.states import State

NEXT_DAY = "次日"
SHORTEST_YEAR = timedelta(days=365)


@dataclass(frozen=True)
class Eligible:
    """A project that finance may evaluate: since when, and whether it has been started."""

    project: Project
    in_service_on: date
    eligible_on: date
    started: bool


def eligible_on(project) -> date | None:
    """The first anniversary of formal use (29 February: 28 February), or the day after where finance reads it strictly.

    None while no delivery is on file (YQ-3.8-2, YQ-Q19).
    """
    delivery = EVIDENCE["delivery"].current(project)
    return full_year(delivery.in_service_on, _reading(project)) if delivery else None


def full_year(in_service_on: date, reading: str) -> date:
    """The day on which a year of use is full: the same day a year on, or with 次日 the day after it."""
    return add_years(in_service_on, 1) + timedelta(days=1 if reading == NEXT_DAY else 0)


def self_evaluation_window(project) -> tuple[date | None, date | None]:
    """First and last day as the pack's deadline `self_evaluation` has them in months, both included (ZC-Q9).

    Counted from the later of acceptance and formal use; unknown before both, and where the pack has no such deadline.
    """
    delivery, accepted = EVIDENCE["delivery"].current(project), FACTS["acceptance.passed_on"].answer(project)
    spec = next((each for each in project.pack.deadlines if each.code == "self_evaluation"), None)
    if spec is None or not delivery or not accepted:
        return None, None
    start = max(delivery.in_service_on, accepted)
    return add_months(start, spec.opens_after or 0), add_months(start, spec.within or 0)


def eligible_projects(user, place: str = "") -> list[Eligible]:
    """Projects in use for a full year and not yet evaluated, as far as this person may see them (of one place), longest first."""
    today = clock.today()
    delivered = Delivery.objects.filter(project=OuterRef("pk"), voided_at=None).values("in_service_on")[:1]
    started = EvaluationStart.objects.filter(project=OuterRef("pk"), voided_at=None)
    projects = in_place(visible_projects(user), place).filter(state=State.IN_SERVICE).select_related("department", "jurisdiction")
    projects = projects.annotate(in_service_on=Subquery(delivered), evaluating=Exists(started))
    readings: dict[tuple[str, int], str] = {}
    found = [
        Eligible(
            project,
            project.in_service_on,
            full_year(project.in_service_on, _known(project, readings)),
            project.evaluating,
        )
        for project in projects.filter(in_service_on__lte=today - SHORTEST_YEAR)
    ]
    return sorted(
        (each for each in found if each.eligible_on <= today), key=lambda each: (each.eligible_on, each.project.pk)
    )


def _known(project, readings: dict[tuple[str, int], str]) -> str:
    """The reading, asked once for each instrument and place."""
    key = project.pack_code, project.jurisdiction_id
    if key not in readings:
        readings[key] = _reading(project)
    return readings[key]


def _reading(project) -> str:
    return parameter(project.pack, "full_year_reading", jurisdiction_id=project.jurisdiction_id)
