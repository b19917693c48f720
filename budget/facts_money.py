"""Here: answers about sums, the yearly envelope and payments. Not here: how sums are made (money.py, envelope.py)."""

from decimal import Decimal

from budget import envelope, money
from budget.lists import early_payments as all_early_payments
from budget.sheets import current_sheet
from budget.sheets import declared_year as year_declared_for
from policies.verdicts import words
from policies.vocabulary import FACTS, answers
from projects.evidence import EVIDENCE


@answers("budget.sheet_total", kind="money", label="明细预算合计")
def sheet_total(project) -> Decimal | None:
    """Reviewed total of the newest version in 元, before review the asked one (YQ-3.4-5, YQ-3.6-8)."""
    sheet = current_sheet(project)
    if sheet is None:
        return None
    return sheet.asked_total if sheet.reviewed_total is None else sheet.reviewed_total


@answers("budget.cut_total", kind="money", label="核减金额")
def cut_total(project) -> Decimal | None:
    """Asked less reviewed in 元; unknown before every line is reviewed (YQ-3.3-3)."""
    sheet = current_sheet(project)
    return None if sheet is None or sheet.reviewed_total is None else sheet.asked_total - sheet.reviewed_total


@answers("budget.approved", kind="money", label="批准预算")
def approved(project) -> Decimal | None:
    """批复, changes included (YQ-3.3-5)."""
    return money.approved(project)


@answers("budget.allocated", kind="money", label="下达资金")
def allocated(project) -> Decimal | None:
    """下达 over all years and sources (YQ-3.3-5)."""
    return money.allocated(project)


@answers("budget.paid", kind="money", label="已拨付")
def paid(project) -> Decimal:
    """已付; nothing paid is a known 0.00."""
    return money.paid(project)


@answers("budget.available", kind="money", label="申报年度的可用财力")
def available(project) -> Decimal | None:
    """可用财力 of the declared year in 元; unknown until finance sets it (YQ-3.3-1)."""
    year = year_declared_for(project)
    return envelope.available(project.jurisdiction_id, year) if year else None


@answers("budget.arranged", kind="money", label="申报年度已安排的本级财政资金")
def arranged(project) -> Decimal | None:
    """Running total of the declared year over all projects in 元 (YQ-3.3-1)."""
    year = year_declared_for(project)
    return envelope.arranged(project.jurisdiction_id, year) if year else None


@answers("budget.beyond_envelope", kind="list", label="超出可用财力的年度")
def beyond_envelope(project) -> list[str]:
    """Years in which this project's arrangement goes beyond 可用财力, with the excess in 元 (YQ-3.3-1)."""
    sheet = current_sheet(project)
    years = envelope.years_of(sheet) if sheet else []
    over = [(year, envelope.beyond(project.jurisdiction_id, year).get(sheet.pk)) for year in years]
    return [f"{year}年超出{words(amount)}元" for year, amount in over if amount]


@answers("budget.early_payments", kind="list", label="验收通过前拨付的建设资金")
def early_payments(project) -> list[str]:
    """Amounts in 元 of 建设资金 paid before acceptance, with their dates (YQ-3.7-11)."""
    rows = all_early_payments(project.jurisdiction).filter(project=project).order_by("id")
    return [f"{row.paid_on.isoformat()} {words(row.amount)}元" for row in rows]


@answers("budget.arranged_years", kind="list", label="安排资金的年度")
def arranged_years(project) -> list[int]:
    """Every year in which the newest version arranges money (ZC-A9-1)."""
    sheet = current_sheet(project)
    return sorted(set(sheet.allocations.values_list("year", flat=True))) if sheet else []


@answers("budget.sources", kind="list", label="资金来源")
def sources(project) -> list[str]:
    """Every source from which the newest version arranges money (ZC-A18-3)."""
    sheet = current_sheet(project)
    return sorted(set(sheet.allocations.values_list("source", flat=True))) if sheet else []


@answers("budget.arranged_operations", kind="money", label="已安排的运维经费")
def arranged_operations(project) -> Decimal | None:
    """Reviewed amount of the lines for operation in 元; unknown without a sheet (ZC-A9-3, ZC-A4-11)."""
    sheet = current_sheet(project)
    return money.arranged_for(sheet, operations=True) if sheet else None


@answers("budget.overpaid_kinds", kind="list", label="拨付超过安排的经费")
def overpaid_kinds(project) -> list[str]:
    """运维经费 or 建设经费, where more was paid than the sheet arranges for it, with the excess in 元 (ZC-A4-11)."""
    sheet = current_sheet(project)
    return [f"{kind}超出{words(excess)}元" for kind, excess in money.overpaid(project, sheet) if excess > 0] if sheet else []


@answers("budget.surplus_left", kind="money", label="尚未退回的节余")
def surplus_left(project) -> Decimal | None:
    """批复 less 结算, less what was returned or cancelled, in 元; unknown before the settlement (ZC-A18-3)."""
    total, settled = money.approved(project), FACTS["settlement.settled_total"].answer(project)
    if total is None or settled is None:
        return None
    return total - settled - sum((row.returned + row.cancelled for row in _returns(project)), Decimal("0.00"))


@answers("budget.beyond_source", kind="list", label="退回超过投入的资金渠道")
def beyond_source(project) -> list[str]:
    """Sources to which more is returned than they put in (ZC-A18-3)."""
    sheet = current_sheet(project)
    back: dict[str, Decimal] = {}
    for row in _returns(project):
        back[row.source] = back.get(row.source, Decimal("0.00")) + row.returned
    put_in = money.by_source(sheet) if sheet else {}
    return sorted(source for source, amount in back.items() if amount > put_in.get(source, Decimal("0.00")))


def _returns(project):
    return EVIDENCE["surplus_return"].valid(project)
