"""Here: answers about what is handed in and filed (备案), and the office that takes it. Not here: which stages owe one (packs)."""

from organizations.models import Office
from policies.vocabulary import answers
from projects.evidence import EVIDENCE

FILING, RETURN = "stage_filing", "stage_filing_return"


@answers("stage_filings.done", kind="list", label="已备案的环节")
def done(project) -> list[str]:
    """Stages with a filing that was not sent back since (CD-A5-4, CD-A7-2 to CD-A7-6)."""
    rows = [row for name in (FILING, RETURN) for row in EVIDENCE[name].valid(project.pk)]
    newest = {row.stage: row.name for row in sorted(rows, key=lambda row: row.pk)}
    return sorted(stage for stage, name in newest.items() if name == FILING)


@answers("proposal.sent_since_return", kind="number", label="没有退回的项目建议书件数")
def sent_since_return(project) -> int:
    """Proposals handed in since the last was sent back, one that is just being handed in included (GJ-A8-2)."""
    returned = EVIDENCE["proposal_return"].valid(project.pk).values_list("pk", flat=True).first() or 0
    return EVIDENCE["proposal_submission"].valid(project.pk).filter(pk__gt=returned).count()


@answers("project.competent_office", kind="text", label="主管部门")
def competent_office(project) -> str:
    """Who holds the governing office in the project's place; empty while nobody was named (CD-A5-11)."""
    held = Office.objects.filter(jurisdiction_id=project.jurisdiction_id, role=project.pack.governing, active=True)
    return held.values_list("organization__name", flat=True).first() or ""
