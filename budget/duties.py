"""Here: what waits for an office beside the next move: the second signature, 立项. Not here: the inbox (desk)."""

from budget.facts import initiation, progress
from budget.sheets import GOV_OFFICE, SIGNERS, current_sheet, signers_of
from desk.duties import duty
from projects.evidence import EVIDENCE
from projects.transitions import next_move

WAITING = "待立项"


@duty("budget_signature", label="会审明细预算", role=GOV_OFFICE)
def second_signature_waits(project) -> bool:
    """Both offices may sign at once; the next move asks for one signature after the other (YQ-3.3-2)."""
    if not EVIDENCE["budget_signature"].is_open(project) or progress(project) != "待会审":
        return False
    return not signers_of(current_sheet(project)) & set(SIGNERS)


@duty("initiation_request", label="向市发改局申请立项", role="applicant")
def request_waits(project) -> bool:
    """The project belongs in the investment plan, and the unit has not reported it (YQ-3.3-6)."""
    request = EVIDENCE["initiation_request"]
    return request.is_open(project) and initiation(project) == WAITING and request.current(project) is None


@duty("initiation_decision", label="办理立项", role="planning")
def decision_waits(project) -> bool:
    """立项 is pending; before procurement the next move asks for it itself (YQ-3.3-6, YQ-Q6)."""
    pending = EVIDENCE["initiation_decision"].is_open(project) and initiation(project) == WAITING
    return pending and next_move(project) != "apply_procurement"
