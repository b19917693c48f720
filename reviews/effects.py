"""Here: what follows in this room when something happened. Not here: deciding, moving a project."""

from projects import events
from projects.evidence import EVIDENCE
from reviews import current, duplicates
from reviews.baseline import set_baseline


@events.on("move:file")
def search_duplicates(event: str, project, actor, passage, **what) -> None:
    """Every filing is compared with all others at once (YQ-1.2-8); a failure is kept as 未完成 and stops nothing else."""
    form = EVIDENCE["duplicate_search"].form(data={}, project=project, actor=actor)
    if form.is_valid():
        form.save_record(passage.role)


@events.on("record:duplicate_judgement", "void:duplicate_judgement")
def settle_pair(event: str, project, record, **what) -> None:
    """The pair says what its newest valid judgement says."""
    duplicates.settle(record.candidate)


@events.on("move:approve_scheme")
def freeze_baseline(event: str, project, **what) -> None:
    """The approved items become the baseline that procurement and changes look at (YQ-3.4-10)."""
    opinion = current.scheme_opinion(project)
    if opinion is not None:
        set_baseline(project, opinion.items.all(), f"技术方案审查意见(第{opinion.scheme_version}版方案)")
