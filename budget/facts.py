"""Here: answers about the sheet, its signatures and approval, and 立项. Not here: sums (facts_money.py), judging."""

from budget.models import BudgetLine, InitiationDecision, InvestmentPlanAnswer
from budget.sheets import FINANCE, GOV_OFFICE, SIGNERS, covering_approval, current_approval, current_sheet, signers_of
from budget.sheets import declared_year as year_declared_for
from policies.vocabulary import FACTS, answers
from projects.on_file import newest


def _lines(project, **which) -> list[BudgetLine]:
    sheet = current_sheet(project)
    return list(sheet.lines.filter(**which)) if sheet else []


@answers("budget.unreviewed_lines", kind="list", label="尚未审核的预算明细")
def unreviewed_lines(project) -> list[str]:
    """Names of lines without a reviewed amount (YQ-3.3-3)."""
    return [line.name for line in _lines(project, reviewed=None)]


@answers("budget.has_design_line", kind="flag", label="预算中列有设计费用")
def has_design_line(project) -> bool:
    """Whether the sheet has a design fee (YQ-3.4-5)."""
    return bool(_lines(project, type=BudgetLine.DESIGN))


@answers("budget.zero_design_unexplained", kind="list", label="为零而未说明的设计费用")
def zero_design_unexplained(project) -> list[str]:
    """Names of design fees of 0.00 without an explanation (YQ-3.4-5)."""
    return [line.name for line in _lines(project, type=BudgetLine.DESIGN, reviewed=0, note="")]


@answers("budget.has_supervision_line", kind="flag", label="预算中列有监理费用")
def has_supervision_line(project) -> bool:
    """Whether the sheet has a supervision fee (YQ-3.6-8)."""
    return bool(_lines(project, type=BudgetLine.SUPERVISION))


@answers("budget.supervision_without_basis", kind="list", label="未写明造价和复杂程度的监理费用")
def supervision_without_basis(project) -> list[str]:
    """Names of supervision fees that lack the cost or the complexity they were set by (YQ-3.6-7)."""
    lines = _lines(project, type=BudgetLine.SUPERVISION)
    return [line.name for line in lines if line.cost_basis is None or not line.complexity]


@answers("budget.signed_by_finance", kind="flag", label="财政部门已会签本版明细预算")
def signed_by_finance(project) -> bool:
    """Finance signed the newest version (YQ-3.3-2)."""
    return FINANCE in signers_of(current_sheet(project))


@answers("budget.signed_by_gov_office", kind="flag", label="主管部门已会签本版明细预算")
def signed_by_gov_office(project) -> bool:
    """The governing office signed the newest version (YQ-3.3-2)."""
    return GOV_OFFICE in signers_of(current_sheet(project))


@answers("budget.unsigned_by", kind="list", label="尚未会签本版明细预算的部门")
def unsigned_by(project) -> list[str]:
    """The offices, by their names here, whose signature on the newest version is missing (YQ-3.3-2)."""
    signed = signers_of(current_sheet(project))
    return [project.pack.office(role) for role in SIGNERS if role not in signed]


@answers("budget.approval_covers_sheet", kind="flag", label="批复对应现行明细预算")
def approval_covers_sheet(project) -> bool | None:
    """Whether the newest approval is of the newest version; unknown without an approval (YQ-3.3-4)."""
    return covering_approval(project) is not None if current_approval(project) else None


@answers("budget.approval_documented", kind="flag", label="批复有文号或附件")
def approval_documented(project) -> bool | None:
    """Whether the newest approval has a document number or a file; unknown without an approval (YQ-3.3-4)."""
    approval = current_approval(project)
    return bool(approval.doc_no or approval.document_id) if approval else None


@answers("budget.declared_year", kind="number", label="申报年度")
def declared_year(project) -> int | None:
    """The year the project was declared for (YQ-3.1-5)."""
    return year_declared_for(project)


@answers("budget.years_outside_declaration", kind="list", label="申报年度以外的安排")
def years_outside_declaration(project) -> list[int] | None:
    """Years with arranged money other than the declared one; unknown where no year was declared (YQ-3.1-5)."""
    sheet, year = current_sheet(project), year_declared_for(project)
    if sheet is None or year is None:
        return None
    return sorted(set(sheet.allocations.exclude(year=year).values_list("year", flat=True)))


@answers("budget.system_result", kind="text", label="项目或所服务系统最近一次绩效评价结果")
def system_result(project) -> str | None:
    """What the performance room says of the project or the system it serves; None while there is no result (YQ-3.8-7)."""
    fact = FACTS.get("performance.system_result")
    return fact.answer(project) if fact and fact.answer else None


@answers("budget.initiation", kind="text", label="立项")
def initiation(project) -> str | None:
    """不适用 with the decider's name, 待立项, or 发改局's conclusion; unknown before the answer is given (YQ-3.3-6)."""
    answer = newest(project, InvestmentPlanAnswer)
    if answer is None:
        return None
    if not answer.listed:
        return f"不适用({answer.decided_by}认定)"
    decision = newest(project, InitiationDecision)
    return decision.decision if decision else "待立项"


@answers("budget.progress", kind="text", label="预算进展")
def progress(project) -> str:
    """待编制, 待审核, 待会审, 待报批 or 已批复 (YQ-3.3-4)."""
    sheet = current_sheet(project)
    if sheet is None:
        return "待编制"
    if sheet.reviewed_total is None:
        return "待审核"
    if signers_of(sheet) < set(SIGNERS):
        return "待会审"
    return "已批复" if covering_approval(project) else "待报批"
