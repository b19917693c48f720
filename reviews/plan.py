"""Here: which way of reviewing the book proposes for a project. Not here: the threshold (packs), the plan itself (forms)."""

from policies.engine import applies
from projects.judgement import ProjectFacts
from reviews.models import ReviewPlan


def proposed_method(project) -> str | None:
    """专家评审 when a rule of the project's pack asks for it with these facts, else 中心评审; None where it is unknown.

    The rule is known by its remedy, so the figure stands only in the pack (YQ-3.4-8, YQ-3.4-11).
    """
    pack = project.pack
    facts = ProjectFacts(project, pack)
    asked = [
        applies(check.when, facts)
        for rule in pack.rules
        for check in rule.checks
        if check.remedy == "expert_review" and check.severity == "refuse"
    ]
    if True in asked:
        return ReviewPlan.EXPERTS
    return None if None in asked else ReviewPlan.CENTRE
