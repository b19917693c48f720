"""Here: lawful default fields of this room's evidence, for scenarios and the demo. Not here: checking input (forms.py)."""

from decimal import Decimal

from budget.models import Allocation, BudgetLine, InitiationDecision, Payment
from budget.sheets import current_sheet, declared_year
from organizations import clock
from policies.engine import applies
from projects.evidence import EVIDENCE
from projects.judgement import ProjectFacts

CENT = Decimal("0.01")


def budget_sheet(project) -> dict:
    """Everything asked is granted, with the fee lines that the pack asks for; the total is the declared one."""
    total = project.declared_total or project.investment or Decimal("500000.00")
    fees = [line for fact, line in _fees(total) if _asked_for(project, fact)]
    rest = total - sum((Decimal(line["asked"]) for line in fees), Decimal("0.00"))
    main = (
        _line("运行维护服务", "运维服务", rest) if _is_operations(project) else _line("应用软件开发", "软件开发", rest)
    )
    return {
        "priority": "重要",
        "results_read": True,
        "lines": [main, *fees],
        "allocations": [
            {"year": declared_year(project) or clock.today().year, "source": Allocation.CITY, "amount": str(total)}
        ],
    }


def budget_signature(project) -> dict:
    """Signs the version that counts."""
    sheet = current_sheet(project)
    return {"opinion": "同意。"} | ({"version": sheet.version} if sheet else {})


def budget_approval(project) -> dict:
    """Approved as reviewed; before there is a reviewed sheet, as declared."""
    sheet, today = current_sheet(project), clock.today()
    total = (sheet.reviewed_total if sheet else None) or project.declared_total or project.investment
    return {
        "authority": "市人民政府",
        "approved_on": today.isoformat(),
        "doc_no": f"预批〔{today.year}〕1号",
        "total": str(total),
    }


def investment_plan_answer(project) -> dict:
    """Not in the plan, so that no 立项 is asked for."""
    return {"listed": "False", "decided_by": "陈预算", "reason": "不属于政府投资项目计划范围。"}


def initiation_decision(project) -> dict:
    """Agreed."""
    year = clock.today().year
    return {
        "decision": InitiationDecision.AGREED,
        "doc_no": f"发改立项〔{year}〕1号",
        "decided_on": clock.today().isoformat(),
    }


def payment(project) -> dict:
    """A small payment of the kind that fits the project."""
    kind = Payment.OPERATIONS if _is_operations(project) else Payment.CONSTRUCTION
    return {"amount": "0.01", "kind": kind, "paid_on": clock.today().isoformat(), "payee": _payee(project)}


def _payee(project) -> str:
    """The newest contract's firm, else some firm."""
    contract = EVIDENCE["contract"].current(project) if "contract" in EVIDENCE else None
    return contract.firm_name if contract else "某科技有限公司"


def _fees(total: Decimal):
    fee = (total / 50).quantize(CENT)
    basis = {"cost_basis": str(total), "complexity": "一般"}
    yield "budget.has_design_line", _line("方案设计费", BudgetLine.DESIGN, fee)
    yield "budget.has_supervision_line", _line("监理服务费", BudgetLine.SUPERVISION, fee) | basis


def _asked_for(project, fact: str) -> bool:
    """Whether the pack wants this fact before a sheet of such a project may be signed."""
    facts = ProjectFacts(project, project.pack)
    return any(
        applies(check.when, facts)
        for rule in project.pack.rules
        for check in rule.checks
        if check.governs("record:budget_signature") and any(want.fact == fact for want in check.require)
    )


def _is_operations(project) -> bool:
    return project.kind not in project.pack.construction_kinds


def _line(name: str, kind: str, amount: Decimal) -> dict:
    return {"name": name, "type": kind, "asked": str(amount), "reviewed": str(amount)}
