"""Here: the amounts of one project from declared to paid, in 元. Not here: who may change them, thresholds."""

from decimal import Decimal

from django.db.models import Sum

from budget.models import BudgetLine, Payment
from budget.sheets import current_approval, current_sheet
from policies.vocabulary import FACTS
from projects.investment import DECLARED

ZERO = Decimal("0.00")
CONTRACT_TOTALS = ("construction.contract_total", "procurement.contract_total")
UNDER_CONTRACT = (Payment.CONSTRUCTION, Payment.OPERATIONS)


def money_of(project) -> dict[str, Decimal | None]:
    """declared, asked, reviewed, approved, allocated, contracted, paid. None where nobody has said yet, never 0."""
    sheet = current_sheet(project)
    return {
        "declared": project.declared_total,
        "asked": sheet.asked_total if sheet else None,
        "reviewed": sheet.reviewed_total if sheet else None,
        "approved": approved(project),
        "allocated": allocated(project),
        "contracted": contracted(project),
        "paid": paid(project),
    }


def approved(project) -> Decimal | None:
    """批复: the latest lawfully approved total, changes included; None before the first approval (YQ-Q3)."""
    return None if project.investment_source in ("", DECLARED) else project.investment


def allocated(project) -> Decimal | None:
    """下达: what the approved sheet arranges over all years and sources."""
    approval = current_approval(project)
    return approval.sheet.allocations.aggregate(total=Sum("amount"))["total"] if approval and approval.sheet else None


def contracted(project) -> Decimal | None:
    """合同, changes included; None while the rooms above know of none."""
    facts = [FACTS[name] for name in CONTRACT_TOTALS if name in FACTS]
    return facts[0].answer(project) if facts else None


def paid(project, kinds: tuple[str, ...] = ()) -> Decimal:
    """已付: the sum of payments that were not voided, of these kinds or of all. Nothing paid is a known 0.00."""
    rows = Payment.objects.filter(project=project, voided_at=None)
    if kinds:
        rows = rows.filter(kind__in=kinds)
    return rows.aggregate(total=Sum("amount"))["total"] or ZERO


def room_for_payment(project, kind: str) -> tuple[Decimal, str] | None:
    """The most that can still be paid for this kind and what limits it; None while no limit is known.

    Nothing is paid beyond 批复; 建设资金 and 运维经费 together not beyond 合同 either. Our own safety net, no clause.
    """
    limits = []
    if (total := approved(project)) is not None:
        limits.append((total - paid(project), "批准预算"))
    if kind in UNDER_CONTRACT and (total := contracted(project)) is not None:
        limits.append((total - paid(project, UNDER_CONTRACT), "合同总额"))
    return min(limits, default=None)


def arranged_for(sheet, *, operations: bool) -> Decimal:
    """The reviewed lines of a sheet that are for operation, or all others, in 元."""
    lines = sheet.lines.filter(type=BudgetLine.OPERATIONS) if operations else sheet.lines.exclude(type=BudgetLine.OPERATIONS)
    return lines.aggregate(total=Sum("reviewed"))["total"] or ZERO


def overpaid(project, sheet) -> list[tuple[str, Decimal]]:
    """How much more than arranged was paid for operation, and for everything else; at most 0 where nothing was."""
    operation = paid(project, (Payment.OPERATIONS,))
    return [
        (Payment.OPERATIONS, operation - arranged_for(sheet, operations=True)),
        ("建设经费", paid(project) - operation - arranged_for(sheet, operations=False)),
    ]


def by_source(sheet) -> dict[str, Decimal]:
    """What a sheet arranges from each source in 元."""
    return dict(sheet.allocations.order_by().values_list("source").annotate(total=Sum("amount")))
