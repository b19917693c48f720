"""Here: what an approved and an executed change do to the project. Not here: deciding on them (packs), moving the project."""

from construction.models.changes import APPROVE
from projects import events
from projects.investment import CHANGE, set_investment
from reviews.baseline import set_baseline


@events.on("record:change_decision")
def take_over_total(project, actor, record, **what) -> None:
    """The new total is the investment from its approval on, so that thresholds are asked again at once (YQ-3.3-5, YQ-Q3)."""
    if record.outcome == APPROVE and record.change.new_total is not None:
        set_investment(project, record.change.new_total, CHANGE, actor=actor)


@events.on("record:change_execution")
def take_over_items(project, record, **what) -> None:
    """The changed items are the baseline from the execution on (YQ-3.4-15, YQ-Q8)."""
    items = list(record.change.items.all()) if record.change else []
    if items:
        set_baseline(project, items, f"变更{record.change.number}")
