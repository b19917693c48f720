"""Here: what waits for an office beside the next move: answers to judge. Not here: the inbox (desk)."""

from desk.duties import duty
from projects.evidence import EVIDENCE
from reviews.corrections import unjudged


@duty("defect_verdict", label="认定补正答复", role="centre")
def answers_wait(project) -> bool:
    """The unit has answered defects, filed again, and the centre has not said whether it is satisfied."""
    return EVIDENCE["defect_verdict"].is_open(project) and bool(unjudged(project))
