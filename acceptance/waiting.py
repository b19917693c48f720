"""Here: lists of projects that wait at the acceptance, with days. Not here: deadlines and reminders (deadlines)."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet

from acceptance.facts import AFTER_ACCEPTANCE, BEFORE_ACCEPTANCE, days_since_trial, days_unfiled
from acceptance.models import AcceptanceFilingConfirmation, TrialRun
from projects.models import Project
from projects.scope import visible_projects


@dataclass(frozen=True)
class Waiting:
    """A project, the days it has waited, and that in words."""

    project: Project
    days: int
    text: str


def awaiting_acceptance(user) -> list[Waiting]:
    """Trial run passed and no acceptance convened, as far as this person may see, longest first (YQ-3.7-12)."""
    passed = TrialRun.objects.filter(project=OuterRef("pk"), conclusion=TrialRun.PASSED, voided_at=None)
    projects = visible_projects(user).filter(Exists(passed), state__in=BEFORE_ACCEPTANCE)
    return _waiting(projects, days_since_trial, "试运行合格已{days}天,尚未组织验收")


def awaiting_filing(user) -> list[Waiting]:
    """Acceptance passed and nothing filed with the centre, or sent back, longest first (YQ-3.7-9)."""
    taken_in = AcceptanceFilingConfirmation.objects.filter(project=OuterRef("pk"), accepted=True, voided_at=None)
    projects = visible_projects(user).filter(~Exists(taken_in), state__in=AFTER_ACCEPTANCE)
    return _waiting(projects, days_unfiled, "已通过{days}天未备案")


def _waiting(projects: QuerySet[Project], days_of: Callable[[Project], int | None], text: str) -> list[Waiting]:
    counted = [(project, days_of(project)) for project in projects.select_related("department")]
    found = [Waiting(project, days, text.format(days=days)) for project, days in counted if days is not None]
    return sorted(found, key=lambda each: (-each.days, each.project.pk))
