"""Here: 年度资金安排表, the yearly table of arranged money. Not here: its Excel or PDF (reports), permissions."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from budget.envelope import available, counted_sheets
from budget.models import Allocation, BudgetApproval
from organizations.models import Jurisdiction

ZERO = Decimal("0.00")


@dataclass(frozen=True)
class PlanRow:
    """One project, year and source: what is arranged in 元, and the approval that covers it (None: still 待批)."""

    project_id: int
    number: str
    name: str
    unit: str
    kind: str
    priority: str
    source: str
    amount: Decimal
    authority: str | None
    doc_no: str | None
    approved_on: date | None

    @property
    def is_approved(self) -> bool:
        """Whether the newest version of the project's sheet was approved."""
        return self.approved_on is not None


@dataclass(frozen=True)
class AnnualPlan:
    """The table of one fiscal year with its totals in 元; `available` and `remaining` are None while unknown."""

    year: int
    rows: tuple[PlanRow, ...]
    available: Decimal | None
    by_source: dict[str, Decimal] = field(default_factory=dict)

    @property
    def total(self) -> Decimal:
        """Everything arranged, approved or not."""
        return sum((row.amount for row in self.rows), ZERO)

    @property
    def approved_total(self) -> Decimal:
        """What is covered by an approval."""
        return sum((row.amount for row in self.rows if row.is_approved), ZERO)

    @property
    def remaining(self) -> Decimal | None:
        """可用财力 less what is arranged from the city's own money; below 0 when exceeded (YQ-3.3-1)."""
        return None if self.available is None else self.available - self.by_source.get(Allocation.CITY, ZERO)


def annual_plan(jurisdiction: Jurisdiction, year: int) -> AnnualPlan:
    """The yearly table (YQ-3.3-5): a row per project and source, in the order of arranging. Four queries."""
    sheets = counted_sheets(jurisdiction.pk).filter(allocations__year=year).distinct()
    sheets = sheets.select_related("project__department").prefetch_related("allocations")
    approvals = _approvals(sheets)
    rows = tuple(row for sheet in sheets for row in _rows(sheet, year, approvals.get(sheet.project_id)))
    by_source: dict[str, Decimal] = defaultdict(lambda: ZERO)
    for row in rows:
        by_source[row.source] += row.amount
    return AnnualPlan(year, rows, available(jurisdiction.pk, year), dict(by_source))


def _approvals(sheets) -> dict[int, BudgetApproval]:
    """The newest approval of each project that has one."""
    rows = BudgetApproval.objects.filter(project__in=[sheet.project_id for sheet in sheets], voided_at=None)
    return {row.project_id: row for row in rows.order_by("id")}


def _rows(sheet, year: int, approval: BudgetApproval | None):
    covering = approval if approval and approval.sheet_id == sheet.pk else None
    amounts: dict[str, Decimal] = defaultdict(lambda: ZERO)
    for each in sheet.allocations.all():
        if each.year == year:
            amounts[each.source] += each.amount
    for source, amount in amounts.items():
        yield PlanRow(
            project_id=sheet.project_id,
            number=sheet.project.number,
            name=sheet.project.name,
            unit=sheet.project.department.name,
            kind=sheet.project.kind,
            priority=sheet.priority,
            source=source,
            amount=amount,
            authority=covering.authority if covering else None,
            doc_no=covering.doc_no if covering else None,
            approved_on=covering.approved_on if covering else None,
        )
