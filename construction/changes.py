"""Here: the changes of a project by where they stand, and what the procedure of one still lacks. Not here: forms, effects."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import Max, Q, QuerySet

from construction.models import ChangeRequest, ChangeReview, ChangeSignature
from construction.models.changes import AGREE, APPROVE, REFUSE, RETURN
from projects.evidence import EVIDENCE
from projects.on_file import nothing_on_file
from reviews.baseline import approved_items

CO_REVIEWERS = ("finance", "gov_office")
ENDED_BADLY = Q(withdrawal__isnull=False) | Q(decision__outcome=REFUSE) | Q(reviews__outcome=RETURN)


def requests(project) -> QuerySet[ChangeRequest]:
    """Every change asked for, newest first."""
    if nothing_on_file(project, ChangeRequest):
        return ChangeRequest.objects.none()
    return ChangeRequest.objects.filter(project=project).order_by("-number")


def approved_changes(project) -> QuerySet[ChangeRequest]:
    """Lawfully approved, in the order of their numbers: what an acceptance reports (YQ-3.4-16)."""
    return requests(project).filter(decision__outcome=APPROVE).order_by("number")


def rejected_changes(project) -> QuerySet[ChangeRequest]:
    """Refused, returned or withdrawn, in the order of their numbers: shown apart at acceptance (YQ-3.4-16)."""
    ended = requests(project).filter(ENDED_BADLY).order_by()
    return requests(project).filter(pk__in=ended).order_by("number")


def live_changes(project) -> QuerySet[ChangeRequest]:
    """Approved, or on the way there; newest first."""
    return requests(project).exclude(pk__in=rejected_changes(project))


def open_changes(project) -> QuerySet[ChangeRequest]:
    """On the way to a decision; newest first."""
    return live_changes(project).filter(decision=None)


def adjustments(project) -> QuerySet:
    """What the unit adjusted by itself since its total was last approved by a change; newest first (ZC-A15-3)."""
    decisions = approved_changes(project).filter(new_total__isnull=False)
    since = decisions.aggregate(last=Max("decision__recorded_at"))["last"]
    found = EVIDENCE["self_adjustment"].valid(project)
    return found.filter(recorded_at__gt=since) if since else found


@dataclass(frozen=True)
class Step:
    """One step that YQ-3.4-14 asks of a change: the evidence that carries it, whose it is, the newest answer or None."""

    evidence: str
    role: str
    label: str
    answer: ChangeReview | ChangeSignature | None

    @property
    def agreed(self) -> bool:
        """Whether the newest answer agrees."""
        return self.answer is not None and self.answer.outcome == AGREE


def steps(change: ChangeRequest) -> list[Step]:
    """What this change must go through, with what was answered (YQ-3.4-14, YQ-Q8)."""
    office = change.project.pack.office
    wanted = [("change_review", "centre", "预审", change.reviews.filter(step=ChangeReview.PRELIMINARY))]
    if amounts_change(change):
        signed = change.signatures
        wanted += [("change_signature", role, "会审", signed.filter(recorded_role=role)) for role in CO_REVIEWERS]
    if change.touches_plan:
        wanted.append(("change_review", "centre", "技术方案审查意见", change.reviews.filter(step=ChangeReview.SCHEME)))
    return [Step(name, role, office(role) + what, found.order_by("-id").first()) for name, role, what, found in wanted]


def open_steps(change: ChangeRequest) -> list[str]:
    """The steps that are missing or did not agree, as this place names them (YQ-3.4-14)."""
    return [step.label for step in steps(change) if not step.agreed]


def amounts_change(change: ChangeRequest) -> bool:
    """Whether the total, or the amount of any approved item, is to be another than now (YQ-3.4-14, YQ-Q8)."""
    if change.new_total is not None and change.new_total != change.project.investment:
        return True
    wanted = Counter((item.name, item.amount) for item in change.items.all())
    return bool(wanted) and wanted != Counter((item.name, item.amount) for item in approved_items(change.project))
