"""Here: what follows in this room when something happened. Not here: deciding, moving a project."""

from functools import partial

from django.db import transaction

from budget.envelope import refresh_neighbours, years_of
from budget.lock import refuse_when_locked
from projects import events
from projects.investment import BUDGET, set_investment


@events.on("record:budget_approval")
def take_approved_total(project=None, actor=None, record=None, **what) -> None:
    """The approved total, all years and sources together, is the figure that thresholds look at (YQ-3.3-5)."""
    set_investment(project, record.total, BUDGET, actor=actor)


@events.on("record:budget_sheet", "void:budget_sheet")
def tell_neighbours(project=None, record=None, **what) -> None:
    """A changed arrangement shifts who is beyond the year's 可用财力 (YQ-3.3-1)."""
    _after_commit(project.jurisdiction_id, years_of(record), project.pk)


@events.on("plan_order")
def order_was_changed(record=None, **what) -> None:
    """Another order shifts who is beyond the year's 可用财力 (YQ-3.3-1)."""
    jurisdiction, year = record
    _after_commit(jurisdiction, [year], None)


@events.on("void:budget_sheet")
def keep_locked_years(project=None, record=None, **what) -> None:
    """An arrangement in a locked year is not taken back before finance unlocks the year."""
    for year in sorted(set(record.allocations.values_list("year", flat=True))):
        refuse_when_locked(project.jurisdiction_id, year)


@events.on("envelope")
def envelope_was_set(record=None, **what) -> None:
    """Another 可用财力 raises or clears flags of the whole year (YQ-3.3-1)."""
    _after_commit(record.jurisdiction_id, [record.year], None)


def _after_commit(jurisdiction_id: int, years: list[int], except_for: int | None) -> None:
    """Later and each on its own: holding many projects' rows in one transaction would invite deadlocks."""
    transaction.on_commit(partial(refresh_neighbours, jurisdiction_id, years, except_for), robust=True)
