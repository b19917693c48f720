"""Here: how the contents to be implemented differ from those filed. Not here: the comparison of tenders (procurement)."""

from construction.changes import approved_changes
from policies.vocabulary import answers
from projects.evidence import EVIDENCE


@answers("implementation.differences", kind="list", label="与申报不一致的实施内容")
def differences(project) -> list[str] | None:
    """Contents on one side only, the newest approved change taken as what was filed; unknown before they are given (TC-A13-6)."""
    given = EVIDENCE["implementation_contents"].current(project)
    if given is None:
        return None
    planned, filed = [row["name"] for row in given.items or []], _agreed(project)
    return [name for name in filed if name not in planned] + [name for name in planned if name not in filed]


def _agreed(project) -> list[str]:
    for change in approved_changes(project).order_by("-pk"):
        if names := list(change.items.values_list("name", flat=True)):
            return names
    return list(project.estimate.values_list("name", flat=True))
