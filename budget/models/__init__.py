"""Here: the evidence models of 预算, 立项 and 拨付."""

from budget.models.approval import BudgetApproval, BudgetSignature
from budget.models.envelope import FiscalEnvelope
from budget.models.initiation import InitiationDecision, InitiationRequest, InvestmentPlanAnswer
from budget.models.payment import Payment
from budget.models.plan import PlanLock, PlanPosition
from budget.models.sheet import Allocation, BudgetLine, BudgetSheet

__all__ = [
    "Allocation",
    "BudgetApproval",
    "BudgetLine",
    "BudgetSheet",
    "BudgetSignature",
    "FiscalEnvelope",
    "InitiationDecision",
    "InitiationRequest",
    "InvestmentPlanAnswer",
    "Payment",
    "PlanLock",
    "PlanPosition",
]
