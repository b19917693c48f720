"""Here: the lines behind each amount of a project, for whoever asks where a figure comes from. Not here: the sums (money.py)."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from budget.models import BudgetApproval, Payment
from budget.money import money_of
from budget.sheets import current_approval, current_sheet
from projects.evidence import EVIDENCE
from projects.investment import CHANGE


@dataclass(frozen=True)
class Behind:
    """An amount in 元 (None: unknown) and the table it comes from; `where` tells where it is put on file."""

    name: str
    label: str
    amount: Decimal | None
    columns: tuple[str, ...]
    rows: list[tuple]
    where: str

    @property
    def cells(self) -> list[list[tuple]]:
        """The rows as (value, whether it is an amount)."""
        amounts = ["(元)" in column for column in self.columns]
        return [list(zip(row, amounts, strict=True)) for row in self.rows]


def behind(project) -> list[Behind]:
    """From 申报 to 已付; each table adds up to its amount, or its last line is the amount."""
    amounts = money_of(project)
    made = (
        ("declared", "申报", ("名称", "类型", "金额(元)"), _estimate(project), "申报内容的概算明细"),
        ("reviewed", "审核", ("名称", "类型", "申报数(元)", "审核数(元)", "核减(元)", "核减理由"), _sheet(project), "明细预算"),
        ("approved", "批复", ("日期", "机关", "文号", "批准总额(元)"), _approvals(project), "预算批复、变更决定"),
        ("allocated", "下达", ("年度", "资金来源", "金额(元)"), _allocations(project), "现行批复的资金安排"),
        ("contracted", "合同", ("合同编号", "供应商", "签订日期", "金额(元)"), _contracts(project), "合同、合同变更"),
        ("paid", "已付", ("日期", "类别", "收款单位", "合同付款条款", "登记人", "金额(元)"), _payments(project), "资金拨付"),
    )  # fmt: skip
    return [
        Behind(name, label, amounts[name], columns, list(rows), where) for name, label, columns, rows, where in made
    ]


def _estimate(project) -> Iterable[tuple]:
    return project.estimate.values_list("name", "type", "amount")


def _sheet(project) -> Iterable[tuple]:
    sheet = current_sheet(project)
    for line in sheet.lines.all() if sheet else ():
        cut = None if line.reviewed is None else line.asked - line.reviewed
        yield line.name, line.type, line.asked, line.reviewed, cut, line.cut_reason


def _approvals(project) -> Iterable[tuple]:
    """Approvals, oldest first; the investment as changed stands last."""
    rows = BudgetApproval.objects.filter(project=project, voided_at=None).order_by("id")
    yield from rows.values_list("approved_on", "authority", "doc_no", "total")
    if project.investment_source == CHANGE:
        yield None, CHANGE, "见变更决定", project.investment


def _allocations(project) -> Iterable[tuple]:
    approval = current_approval(project)
    rows = approval.sheet.allocations.all() if approval and approval.sheet else ()
    return [(str(row.year), row.source, row.amount) for row in rows]


def _contracts(project) -> Iterable[tuple]:
    """Contracts as signed, each with what amended it below it; the rooms above keep them."""
    amendments = EVIDENCE["contract_amendment"].valid(project).order_by("id")
    for contract in EVIDENCE["contract"].valid(project).order_by("id"):
        yield contract.number, contract.firm_name, contract.signed_on, contract.amount
        for each in amendments:
            if each.contract_id == contract.pk:
                yield f"{contract.number}(变更后)", each.firm_name or contract.firm_name, each.signed_on, each.amount


def _payments(project) -> Iterable[tuple]:
    rows = (
        Payment.objects.filter(project=project, voided_at=None).select_related("recorded_by").order_by("paid_on", "id")
    )
    for row in rows:
        yield row.paid_on, row.kind, row.payee, row.contract_clause, row.recorded_by.display_name, row.amount
