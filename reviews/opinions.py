"""Here: which opinions an office writes beside what was handed in, and which comes first. Not here: the page (views/review.py)."""

from projects.evidence import EVIDENCE, EvidenceType
from projects.judgement import judge
from projects.permissions import may_record
from projects.presentation import records_on_file

FIRST, TAKEN_IN = "preliminary_opinion", "filing_receipt"
STAGES = ("申报", "预审", "评审")
READ_WITH = {"评审": ("预算", "评审")}
READ_BEFORE = ("申报", "预审")


def beside(kind: EvidenceType) -> bool:
    """Whether a kind is written on the review page."""
    return kind.stage in STAGES and not kind.page and kind.name != TAKEN_IN


def open_to(project, user) -> list[EvidenceType]:
    """What this person may write on the review page now, by stage; kinds with a page of their own stay there."""
    return [
        kind
        for kind in EVIDENCE.values()
        if beside(kind) and kind.is_open(project) and may_record(user, project, kind) and kind.offered(project)
    ]


def first_due(project, user, duties) -> EvidenceType | None:
    """The opinion to begin with: the preliminary one unless others are due before it; None where nothing is written."""
    writable = {kind.name: kind for kind in open_to(project, user)}
    due = [duty.name for duty in duties if duty.name in writable]
    if due and FIRST not in due:
        return writable[due[0]]
    return EVIDENCE[FIRST] if FIRST in project.pack.records else None


def needed_before(project, user, kind: EvidenceType) -> list[EvidenceType]:
    """What else this person has to put on file before the opinion can be, so that nobody writes it in vain."""
    writable = {each.name: each for each in open_to(project, user) if each is not kind}
    asked = dict.fromkeys(verdict.remedy for verdict in judge(project, f"record:{kind.name}") if verdict.blocks)
    return [writable[name] for name in asked if name in writable]


def on_file(project, kind: EvidenceType | None) -> list[dict]:
    """Everything on file, each with whether it is read together with this opinion: then it stands open."""
    together = READ_WITH.get(kind.stage, READ_BEFORE) if kind else READ_BEFORE
    groups = records_on_file(project)
    return sorted(
        (each | {"open": each["kind"].stage in together and each["kind"] is not kind} for each in groups),
        key=lambda each: (not each["open"], kind is None or each["kind"].stage != kind.stage),
    )
