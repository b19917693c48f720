"""Here: answers about sums, the yearly envelope and payments. Not here: how sums are made (money.py, envelope.py)."""

from decimal import Decimal

from budget import envelope, money
from budget.lists import early_payments as all_early_payments
from budget.sheets import current_sheet
from budget.sheets import declared_year as year_declared_for
from policies.verdicts import words
from policies.vocabulary import answers


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
    over = [(year, envelope.excess(sheet, year)) for year in years]
    return [f"{year}年超出{words(amount)}元" for year, amount in over if amount > 0]


@answers("budget.early_payments", kind="list", label="验收通过前拨付的建设资金")
def early_payments(project) -> list[str]:
    """Amounts in 元 of 建设资金 paid before acceptance, with their dates (YQ-3.7-11)."""
    rows = all_early_payments(project.jurisdiction).filter(project=project).order_by("id")
    return [f"{row.paid_on.isoformat()} {words(row.amount)}元" for row in rows]
