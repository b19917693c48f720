"""Here: what follows in this room when something happened to a project. Not here: how it is counted (rollups)."""

from projects import events
from reports.rollups import refresh

READ = {
    "filing", "budget_sheet", "budget_approval", "payment", "contract", "contract_amendment", "procurement_application",
    "procurement_decision",
}  # fmt: skip


def counts(event: str) -> bool:
    """Whether the event may change what a project counts as: a move, its investment, evidence that is added up."""
    kind, _, name = event.partition(":")
    return kind in ("move", "investment") or (kind in ("record", "void") and name in READ)


@events.on("*")
def count_anew(event: str, project=None, **what) -> None:
    """The kept sums follow in the same transaction."""
    if project is not None and counts(event):
        refresh(project.pk)
