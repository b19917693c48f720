"""Here: answers about the day in the year and about money arranged year by year. Not here: which day or sum is too much."""

from decimal import Decimal

from organizations import clock
from policies.vocabulary import answers
from projects.evidence import EVIDENCE
from projects.instruments import parameter
from projects.models.declared import DeclaredRecord

ALLOCATION = "fund_allocation"
TOTAL = "special_fund_total"


@answers("filing.this_year", kind="number", label="今年", by_day=True)
def this_year(project) -> int:
    """The year of today (HQ-6.4-3)."""
    return clock.today().year


@answers("filing.month_day", kind="number", label="今天的月日", by_day=True)
def month_day(project) -> int:
    """Today as month and day in one number that orders the days of a year: 630 is 30 June (HQ-6.2-2, HQ-6.2-17)."""
    today = clock.today()
    return int(f"{today.month}{today.day:02}")


@answers("filing.years_ahead", kind="number", label="计划年度距今年的年数", by_day=True)
def years_ahead(project) -> int:
    """Plan year less this year; where no plan year was given, the next year is meant (HQ-6.2-2)."""
    year = clock.today().year
    if project.plan_year is not None:
        return project.plan_year - year
    return (project.filed_on.year if project.filed_on else year) + 1 - year


@answers("fund.project_allocated", kind="money", label="本项目已安排的专项资金")
def project_allocated(project) -> Decimal:
    """All that was arranged for this project out of the fund, of every year (HQ-6.5-2)."""
    return _sum(EVIDENCE[ALLOCATION].valid(project.pk))


@answers("fund.excess", kind="money", label="当年专项资金超出总额的数额")
def excess(project) -> Decimal | None:
    """How far the place's allocations of the newest allocation's year go beyond the fund's total; 0 while no total is set.

    Unknown before the first allocation (HQ-6.5-1).
    """
    newest = EVIDENCE[ALLOCATION].current(project)
    if newest is None:
        return None
    has_total = any(spec.name == TOTAL for spec in project.pack.parameters)
    total = parameter(project.pack, TOTAL, jurisdiction_id=project.jurisdiction_id) if has_total else None
    if total in (None, ""):
        return Decimal("0.00")
    rows = DeclaredRecord.objects.filter(
        name=ALLOCATION, voided_at=None, project__jurisdiction=project.jurisdiction_id, data__year=newest.year
    )
    return max(Decimal("0.00"), _sum(rows) - Decimal(total))


def _sum(rows) -> Decimal:
    return sum((row.amount for row in rows), Decimal("0.00"))
