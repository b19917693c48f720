"""Here: what waits for an office beside the next move: answers to judge. Not here: the inbox (desk)."""

from desk.duties import duty
from organizations.models import OrganizationType
from projects.evidence import EVIDENCE
from reviews.corrections import unjudged


@duty("defect_verdict", label="认定补正答复", role="centre")
def answers_wait(project) -> bool:
    """The unit has answered defects, filed again, and the centre has not said whether it is satisfied."""
    return EVIDENCE["defect_verdict"].is_open(project) and bool(unjudged(project))


@duty("applicability_opinion", label="出具适用性意见", role="gov_office")
def applicability_open(project) -> bool:
    """The unit is only copied in on the instrument, or of no listed type, and nobody has said whether it binds (YQ-0-1)."""
    listed = project.department.type not in (OrganizationType.COPIED, OrganizationType.OTHER)
    kind = EVIDENCE["applicability_opinion"]
    return not listed and kind.is_open(project) and kind.current(project) is None
