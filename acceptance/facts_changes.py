"""Here: answers about changes at the acceptance. Not here: how they are found (changes.py), judging them."""

from acceptance import changes
from acceptance.models import ReportedChange
from policies.vocabulary import answers
from projects.evidence import EVIDENCE


@answers("acceptance.reported_changes", kind="number", label="报告中的变更项数")
def reported_changes(project) -> int:
    """Approved and declared changes in the newest report (YQ-3.4-16, YQ-3.4-17)."""
    return len(changes.reported(project))


@answers("acceptance.declared_changes", kind="list", label="自行申明的未经批准变更")
def declared_changes(project) -> list[str]:
    """What the unit says it changed without approval (YQ-3.4-16)."""
    return [change.title for change in changes.reported(project) if change.kind == ReportedChange.DECLARED]


@answers("acceptance.unreported_changes", kind="list", label="报告未列入的已批准变更")
def unreported_changes(project) -> list[str]:
    """Approved after the newest report was made (YQ-3.4-16)."""
    return changes.unreported(project)


@answers("acceptance.unsigned_changes", kind="list", label="尚缺的变更认可签字")
def unsigned_changes(project) -> list[str]:
    """Members of the panel who have not signed for a change (YQ-3.4-17, YQ-Q14)."""
    return changes.unsigned(project)


@answers("acceptance.refused_changes", kind="list", label="未获认可的变更")
def refused_changes(project) -> list[str]:
    """Members of the panel who refused to sign for a change (YQ-3.4-17)."""
    return changes.refused(project)


@answers("acceptance.changes_after_test", kind="list", label="检测之后批准的变更")
def changes_after_test(project) -> list[str]:
    """Approved changes that the newest third-party test cannot have covered; none without a test (YQ-3.7-3)."""
    test = EVIDENCE["third_party_test"].current(project)
    if test is None:
        return []
    return [entry.title for entry in changes.approved_entries(project) if entry.changed_on and entry.changed_on > test.tested_on]
