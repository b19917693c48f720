"""Here: what an approved and an executed change do to the project. Not here: deciding on them (packs), moving the project."""

from construction.models.changes import APPROVE
from projects import events
from projects.investment import CHANGE, set_investment
from reviews.baseline import approved_items, set_baseline


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


@events.on("record:self_adjustment")
def take_over_adjustment(project, record, **what) -> None:
    """An adjustment that the unit may make by itself is in force with its filing: a new baseline at once (ZC-A15-9)."""
    if record.items:
        equipment = {item.name for item in approved_items(project) if item.is_equipment}
        items = [row | {"specification": row["specification"] or "", "unit": row["unit"] or ""} for row in record.items]
        set_baseline(project, [row | {"is_equipment": row["name"] in equipment} for row in items], "自行调整备案")
