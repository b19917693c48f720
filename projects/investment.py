"""Here: the figure that thresholds look at, and what happens when it changes. Not here: the thresholds (packs)."""

from decimal import Decimal

from projects import events
from projects.models.project import Project

DECLARED = "申报概算"
BUDGET = "批准预算"
CHANGE = "批准变更"
APPROVED = "批复总投资"


def set_investment(project: Project, amount: Decimal, source: str, *, actor) -> None:
    """The latest lawfully approved total becomes the project's investment in 元 (YQ-3.3-5, YQ-Q3)."""
    before = project.investment
    project.investment, project.investment_source = amount, source
    project.save(update_fields=["investment", "investment_source"])
    if before != amount:
        events.happened("investment", project=project, actor=actor, before=before, after=amount)
