"""Here: what the project page says of returns and look-alikes, and the way to their pages. Not here: the pages (views)."""

from organizations.roles import APPLICANT
from projects.evidence import EVIDENCE
from projects.panels import hint, panel
from projects.permissions import may_record, roles
from reviews import corrections, duplicates
from reviews.models import ReturnLetter
from reviews.queue import OFFICES


def _returned(project) -> corrections.Round | None:
    """The return in hand; without a letter nothing more is asked."""
    letters = ReturnLetter.objects.filter(project=project, voided_at=None)
    return corrections.open_round(project) if letters.exists() else None


@panel("corrections", template="reviews/_corrections.html", head=True, order=10)
def corrections_wait(project, user) -> dict | None:
    """Points that wait for an answer or a verdict, while either can be given."""
    current = _returned(project)
    if current is None or not EVIDENCE["defect_answer"].is_open(project) or not (current.waiting or current.answered):
        return None
    return {"current": current, "mine": may_record(user, project, EVIDENCE["defect_answer"])}


@panel("checks", template="reviews/_checks.html", side=True, order=22)
def ways(project, user) -> dict | None:
    """The ways to the comparisons; look-alikes are for offices, a unit does not see others' projects (YQ-2.2-2)."""
    office = bool(roles(user, project) - {APPLICANT})
    returned = ReturnLetter.objects.filter(project=project, voided_at=None).exists()
    if not project.ledger_length or not (office or returned):
        return None
    reviewer = bool(roles(user, project) & OFFICES)
    pending = duplicates.pending(project).count() if office else 0
    return {"office": office, "reviewer": reviewer, "pending": pending, "returned": returned}


@hint
def open_points(project, user) -> list[str]:
    """Whoever files again or decides sees what is not answered or not judged."""
    current = _returned(project)
    if current is None or not EVIDENCE["defect_answer"].is_open(project):
        return []
    if EVIDENCE["filing"].is_open(project):
        return (
            [f"一次性告知书还有 {len(current.waiting)} 项没有答复,全部答复后才能再次报送。"] if current.waiting else []
        )
    return [f"补正答复还有 {len(current.answered)} 项没有认定。"] if current.answered else []
