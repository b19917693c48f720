"""Here: the money chain of many projects from the raw rows. Not here: one project's (budget/money.py), kept sums (rollups)."""

from decimal import Decimal

from django.db.models import (
    BooleanField,
    Case,
    DecimalField,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    Value,
    When,
)
from django.db.models.functions import Coalesce, ExtractYear

from budget.models import Allocation, BudgetApproval, BudgetSheet, Payment
from budget.money import UNDER_CONTRACT
from construction.models import ContractAmendment
from procurement.models import ApplicationLine, Contract, ProcurementDecision
from projects.investment import DECLARED
from projects.models import FundingLine, Project

FIGURES = {
    "declared": "申报", "reviewed": "审核", "approved": "批复", "allocated": "下达", "contracted": "合同", "paid": "已付",
}  # fmt: skip
MONEY = DecimalField(max_digits=18, decimal_places=2)
ZERO = Decimal("0.00")


def with_chain(projects: QuerySet[Project]) -> QuerySet[Project]:
    """The projects with their amounts in 元, as `budget.money.money_of` has them: unknown is None, nothing paid is 0.00."""
    mine = {"project": OuterRef("pk"), "voided_at": None}
    sheet = BudgetSheet.objects.filter(**mine).order_by("-id")
    approval = BudgetApproval.objects.filter(**mine).order_by("-id")
    payments = Payment.objects.filter(**mine)
    return projects.order_by().annotate(
        declared=F("declared_total"),
        reviewed=Subquery(sheet.values("reviewed_total")[:1]),
        approved=Case(
            When(investment_source__in=("", DECLARED), then=None), default=F("investment"), output_field=MONEY
        ),
        approved_on=Subquery(approval.values("approved_on")[:1]),
        allocated=_allocated(),
        procurement=_procurement(),
        contracted=_contracted(),
        paid=_paid(payments),
        paid_under_contract=_paid(payments.filter(kind__in=UNDER_CONTRACT)),
        year=Coalesce("plan_year", ExtractYear("filed_on")),
        fiscal=_fiscal(),
    )


def _fiscal() -> Case:
    """Whether some of the money is fiscal; None while no source is known (as `projects.listing` filters, YQ-1.1-1)."""
    lines = FundingLine.objects.filter(project=OuterRef("pk"))
    some = Exists(lines.filter(source__in=FundingLine.FISCAL, amount__gt=0))
    return Case(When(some, then=True), When(Exists(lines), then=False), default=None, output_field=BooleanField())


def _sum(rows: QuerySet, key: str, amount: str) -> Subquery:
    """The sum of rows that share `key`; None where there is no row."""
    return Subquery(rows.order_by().values(key).annotate(total=Sum(amount)).values("total"), output_field=MONEY)


def _paid(payments: QuerySet[Payment]):
    return Coalesce(_sum(payments, "project", "amount"), Value(ZERO), output_field=MONEY)


def _allocated() -> Subquery:
    """下达: what the sheet of the newest approval arranges."""
    newest = BudgetApproval.objects.filter(project=OuterRef(OuterRef("pk")), voided_at=None).order_by("-id")
    return _sum(Allocation.objects.filter(record=Subquery(newest.values("sheet")[:1])), "record", "amount")


def _procurement() -> Subquery:
    """采购预算: the lines of applications that finance has not returned (as `procurement.records.live_applications`)."""
    answers = ProcurementDecision.objects.filter(application=OuterRef("record"), voided_at=None)
    lines = ApplicationLine.objects.filter(record__project=OuterRef("pk"), record__voided_at=None)
    lines = lines.annotate(outcome=Subquery(answers.order_by("-id").values("outcome")[:1]))
    lines = lines.filter(Q(outcome=None) | Q(outcome=ProcurementDecision.ACCEPTED))
    return _sum(lines, "record__project", "budget_amount")


def _contracted() -> Subquery:
    """合同: every contract as last amended (as the fact construction.contract_total)."""
    amended = ContractAmendment.objects.filter(contract=OuterRef("pk"), voided_at=None).order_by("-id")
    contracts = Contract.objects.filter(project=OuterRef("pk"), voided_at=None)
    contracts = contracts.annotate(now=Coalesce(Subquery(amended.values("amount")[:1]), "amount", output_field=MONEY))
    return _sum(contracts, "project", "now")
