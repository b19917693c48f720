"""Here: what an acceptance asks of offices beside the next move. Not here: the next move's duties (desk)."""

from acceptance.facts import current, days_unfiled, filing_answer
from desk.duties import duty
from projects.evidence import EVIDENCE


@duty("acceptance_supervision", label="监督验收并登记", role="gov_office")
def unsupervised(project) -> bool:
    """An acceptance is arranged, and nobody has put on file that it was supervised (YQ-3.7-7)."""
    plan, kind = current(project, "acceptance_plan"), EVIDENCE["acceptance_supervision"]
    return plan is not None and kind.is_open(project) and not kind.valid(project).filter(plan=plan).exists()


@duty("acceptance_filing", label="报送验收备案", role="applicant")
def unfiled(project) -> bool:
    """The acceptance has passed, and nothing was filed with the centre, or it was sent back (YQ-3.7-9)."""
    return EVIDENCE["acceptance_filing"].is_open(project) and days_unfiled(project) is not None


@duty("acceptance_filing_confirmation", label="确认验收备案", role="centre")
def unconfirmed(project) -> bool:
    """A filing waits for the centre's word (YQ-3.7-9)."""
    filed = EVIDENCE["acceptance_filing_confirmation"].is_open(project) and current(project, "acceptance_filing")
    return bool(filed) and filing_answer(project) is None
