"""Here: answers about the project and its filing. Not here: judging them, later stages' facts (their rooms)."""

from decimal import Decimal

from django.db.models import Sum

from organizations import clock
from policies.vocabulary import FACTS, answers
from projects.judgement import once
from projects.models.filing import EstimateLine, FundingLine
from projects.models.material import Material
from projects.models.scope import InterimCheck
from projects.on_file import newest

TOO_COARSE = {"批", "项", "套", "宗"}
MUNICIPAL, TOWNSHIP = "市级", "镇街(园区)"
CENTRAL = ("中央", "国家")
TOWNSHIP_UNITS = ("town", "subdistrict", "park")


@answers("project.kind", kind="text", label="建设性质")
def kind(project) -> str:
    """One of the pack's kinds."""
    return project.kind


@answers("project.origin", kind="text", label="申报来源")
def origin(project) -> str:
    """One of the pack's origins."""
    return project.origin


@answers("project.investment", kind="money", label="投资")
def investment(project) -> Decimal | None:
    """Latest lawfully approved total in 元, else the declared estimate (YQ-Q3)."""
    return project.investment


@answers("project.plan_year", kind="number", label="计划年度")
def plan_year(project) -> int | None:
    """The year the project is for."""
    return project.plan_year


@answers("project.fiscal_funded", kind="flag", label="使用财政资金或补助")
def fiscal_funded(project) -> bool | None:
    """At least one fiscal or subsidy line above 0; unknown while no funding line was entered (YQ-1.1-1)."""
    lines = _funding(project)
    return any(source in FundingLine.FISCAL and amount > 0 for source, _, amount in lines) if lines else None


def _funding(project) -> list[tuple]:
    return once(project, "funding", lambda each: list(each.funding.values_list("source", "level", "amount")))


@answers("filing.own_level_funds", kind="money", label="本级财政资金")
def own_level_funds(project) -> Decimal | None:
    """What this place's own budget is to pay, in 元; unknown while no funding line was entered (TC-A2-1, TC-A11-2)."""
    lines = _funding(project)
    return sum((amount for source, _, amount in lines if source == FundingLine.OWN_LEVEL), Decimal("0.00")) if lines else None


@answers("filing.central_funds", kind="money", label="中央财政资金")
def central_funds(project) -> Decimal | None:
    """What the centre's budget pays, in 元: fiscal lines of central level; unknown while no funding line was entered (GJ-A2-1)."""
    lines = _funding(project)
    central = [amount for source, level, amount in lines if source in FundingLine.FISCAL and level.startswith(CENTRAL)]
    return sum(central, Decimal("0.00")) if lines else None


@answers("project.in_scope", kind="flag", label="属于本文件管理范围")
def in_scope(project) -> bool | None:
    """Fiscal money, and not found outside by a recorded scope decision (YQ-1.1-1, YQ-1.1-4); unknown keeps the guards on."""
    funded = fiscal_funded(project)
    decided = FACTS["scope_decision.within"].answer(project) if "scope_decision.within" in FACTS else None
    return False if decided is False else funded


@answers("project.categories", kind="list", label="项目类别")
def categories(project) -> list[str]:
    """The chosen categories (YQ-1.1-2)."""
    return project.categories


@answers("project.filed_on", kind="date", label="申报日期")
def filed_on(project):
    """When the project was filed."""
    return project.filed_on


@answers("project.state", kind="text", label="当前状态")
def state(project) -> str:
    """The state, for standing rules that concern only some of them."""
    return str(project.state)


@answers("project.has_parent", kind="flag", label="属于基建项目的电子政务部分")
def has_parent(project) -> bool:
    """Whether an infrastructure project is named (YQ-1.1-5)."""
    return bool(project.parent_name)


@answers("today", kind="date", label="今天", by_day=True)
def today(project):
    """The city's date."""
    return clock.today()


@answers("filing.in_window", kind="flag", label="在申报通知的窗口期内", by_day=True)
def in_window(project) -> bool:
    """Whether the project is attached to a batch whose window is open today (YQ-3.1-2)."""
    return bool(project.batch and project.batch.is_open(clock.today()))


@answers("filing.batch_plan_year", kind="number", label="本批次的计划年度")
def batch_plan_year(project) -> int | None:
    """The batch's calendar year + 1 (YQ-3.1-4)."""
    return project.batch.plan_year if project.batch else None


@answers("filing.batch_quarter", kind="number", label="本批次启动的季度")
def batch_quarter(project) -> int | None:
    """The quarter, 1 to 4, in which the batch's window opens (TC-A7-2)."""
    return (project.batch.opens_on.month + 2) // 3 if project.batch else None


@answers("filing.estimate_lines", kind="number", label="概算明细行数")
def estimate_lines(project) -> int:
    """How many lines the estimate has (YQ-3.1-11)."""
    return project.estimate.count()


@answers("filing.estimate_sum", kind="money", label="概算明细合计")
def estimate_sum(project) -> Decimal | None:
    """Sum of the line amounts in 元; unknown without lines (YQ-1.2-11)."""
    return project.estimate.aggregate(total=Sum("amount"))["total"]


@answers("filing.estimate_difference", kind="money", label="明细合计与申报概算的差额")
def estimate_difference(project) -> Decimal | None:
    """Absolute difference between the line sum and the declared total in 元 (YQ-1.2-11)."""
    total = estimate_sum(project)
    return None if total is None or project.declared_total is None else abs(total - project.declared_total)


@answers("filing.estimate_wrong_lines", kind="list", label="数量×单价与金额不符的明细")
def estimate_wrong_lines(project) -> list[str]:
    """Names of lines whose quantity × unit price is not their amount, to the fen (YQ-1.2-11)."""
    return [
        line.name
        for line in project.estimate.all()
        if (line.quantity * line.unit_price).quantize(Decimal("0.01")) != line.amount
    ]


@answers("filing.estimate_too_coarse", kind="flag", label="概算只有一行笼统的明细")
def estimate_too_coarse(project) -> bool:
    """A single line counted as a lot, a set or a batch (YQ-1.2-11)."""
    lines = list(project.estimate.all()[:2])
    return len(lines) == 1 and lines[0].quantity == 1 and (lines[0].unit in TOO_COARSE or not lines[0].unit)


@answers("filing.line_names", kind="list", label="概算明细名称")
def line_names(project) -> list[str]:
    """What the lines of the estimate are called, for rules that look for words in them (ZC-A20-6, ZC-A20-7)."""
    return list(project.estimate.values_list("name", flat=True))


@answers("filing.line_types", kind="list", label="概算明细类型")
def line_types(project) -> list[str]:
    """Every type of line that the estimate has (ZC-A20-1)."""
    return sorted(set(project.estimate.values_list("type", flat=True)))


@answers("filing.own_built_without_reason", kind="list", label="未说明为何不用公共设施的明细")
def own_built_without_reason(project) -> list[str]:
    """Own-built server, network or machine-room lines without a reason (YQ-1.2-7)."""
    rows = project.estimate.filter(type__in=EstimateLine.OWN_BUILT, own_built_reason="")
    return list(rows.values_list("name", flat=True))


@answers("filing.served_contract", kind="flag", label="所服务的系统已登记合同")
def served_contract(project) -> bool:
    """The system that an operations project serves has a contract in the register, which counts as handed in (YQ-3.1-13)."""
    registered = FACTS.get("contract.recorded")
    return bool(project.serves and registered and registered.answer(project.serves))


@answers("filing.sharing_answered", kind="flag", label="已填写共享需求")
def sharing_answered(project) -> bool:
    """Data needed or offered, or 'none' with a reason (YQ-1.2-6)."""
    return bool(project.shared_data_needed or project.shared_data_offered or project.no_sharing_reason)


@answers("filing.no_sharing", kind="flag", label="声明无共享需求")
def no_sharing(project) -> bool:
    """Only a reason for not sharing is given (YQ-1.2-6)."""
    return bool(project.no_sharing_reason and not project.shared_data_needed and not project.shared_data_offered)


@answers("interim.proofs", kind="list", label="已上传的例外证明")
def interim_proofs(project) -> list[str]:
    """Which of the three proofs of an interim filing are on file: a named document and its final upload (YQ-3.1-8)."""
    final = set(project.materials.filter(status=Material.FINAL).values_list("code", flat=True))
    named = {
        "上级要求": ("interim_superior", project.interim_superior_doc),
        "市政府认可": ("interim_government", project.interim_government_doc),
        "资金落实": ("interim_funding", project.interim_fund_source and project.interim_fund_amount),
    }
    return [label for label, (code, field) in named.items() if field and code in final]


@answers("interim.proven", kind="list", label="已上传并经中心核对的例外证明")
def interim_proven(project) -> list[str]:
    """The proofs on file that the centre has also ticked in its newest check (YQ-3.1-8)."""
    check = newest(project, InterimCheck)
    if check is None:
        return []
    ticks = {
        "上级要求": check.superior_verified,
        "市政府认可": check.government_verified,
        "资金落实": check.funding_verified,
    }
    return [label for label in interim_proofs(project) if ticks[label]]


@answers("unit.profile_complete", kind="flag", label="单位已登记分管领导和联络人")
def profile_complete(project) -> bool:
    """The unit's leader and liaison are on file (YQ-2.2-1)."""
    return project.department.profile_complete


@answers("unit.type", kind="text", label="单位类型")
def unit_type(project) -> str:
    """town, subdistrict, direct, copied or other (YQ-0-1)."""
    return project.department.type


@answers("project.level", kind="text", label="项目级别")
def level(project) -> str:
    """市级 or 镇街(园区): as found by an office, else by the type of the unit (ZC-A0-1, ZC-Q2)."""
    found = FACTS["project_level.level"].answer(project)
    return found or (TOWNSHIP if project.department.type in TOWNSHIP_UNITS else MUNICIPAL)
