"""Here: whose turn it is with a change (YQ-3.4-14). Not here: the next move's duties (desk), what a step is (changes.py)."""

from construction.changes import CO_REVIEWERS, live_changes, open_changes, steps
from construction.models import ChangeRequest
from desk.duties import duty
from projects.evidence import EVIDENCE
from projects.judgement import once


def _open(project) -> list[ChangeRequest]:
    return once(project, "open changes", lambda each: list(open_changes(each)))


def waits(project, evidence: str, role: str) -> bool:
    """Whether an open change has not been answered in this step."""
    return EVIDENCE[evidence].is_open(project) and any(
        (step.evidence, step.role, step.answer) == (evidence, role, None)
        for change in _open(project)
        for step in steps(change)
    )


@duty("change_review", label="审查变更申请", role="centre")
def to_review(project) -> bool:
    """The centre has not yet given its 预审 or its new opinion."""
    return waits(project, "change_review", "centre")


def to_sign(role: str):
    """The duty of one office to co-review changed amounts."""

    @duty("change_signature", label="会审变更金额", role=role)
    def unsigned(project) -> bool:
        return waits(project, "change_signature", role)

    return unsigned


for office in CO_REVIEWERS:
    to_sign(office)


@duty("change_decision", label="决定变更申请", role="centre")
def to_decide(project) -> bool:
    """Every step of an open change has been answered."""
    return EVIDENCE["change_decision"].is_open(project) and any(
        all(step.answer for step in steps(change)) for change in _open(project)
    )


@duty("change_execution", label="执行已批准的变更", role="applicant")
def to_execute(project) -> bool:
    """An approved change was not carried out yet."""
    if not EVIDENCE["change_execution"].is_open(project):
        return False
    return live_changes(project).filter(decision__isnull=False, execution=None).exists()
