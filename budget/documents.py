"""Here: 预算会审意见 and the notice of a year's plan. Not here: the amounts (sheets.py, annual.py)."""

from decimal import Decimal

from budget.annual import AnnualPlan, annual_plan
from budget.models import Allocation
from budget.sheets import FINANCE, SIGNERS
from papers.content import Annex, Content, Heading, Para, Table
from papers.registry import PLAN, paper
from papers.wording import MISSING, UNKNOWN, day, figure, filled, formal, full_stop, money, money_in_full, official
from policies.loader import load
from policies.pack import Pack
from projects.official import instrument, issuer, letter, office, received, under

ZERO = Decimal("0.00")
PENDING = "待批"


@paper("budget_review", label="预算会审意见", stage="预算", issuer=FINANCE, source="budget_sheet")
class BudgetReview:
    """预算会审意见 on one version of the sheet: line by line, year by year, and what each office said (YQ-3.3-2, -3)."""

    def content(self, sheet) -> Content:
        """From the version, its lines, arrangement and signatures, and its project."""
        project = sheet.project
        pack = project.pack
        offices = "会同".join(office(pack, role) for role in SIGNERS)
        sent = received(project, "budget_review", f"明细预算（第{sheet.version}版）")
        return letter(
            project,
            "关于{}明细预算的会审意见",
            Para(f"{sent}{offices}进行了审核，现提出如下会审意见："),
            Heading("审核情况"),
            Para(self.sums(sheet)),
            lines(sheet),
            Heading("资金安排"),
            arrangement(sheet),
            Heading("会审意见"),
            *self.signatures(sheet, pack),
            Heading("会审结论"),
            Para(self.conclusion(sheet)),
            signer=self.signer(sheet, pack),
            on=sheet.recorded_on if not (dates := _signed(sheet)) else max(dates),
        )

    def sums(self, sheet) -> str:
        """Asked, reviewed, cut, and the priority with its reason."""
        text = f"申报数合计{money(sheet.asked_total)}，审核数合计{money(sheet.reviewed_total)}"
        if sheet.reviewed_total is not None:
            cut = sheet.asked_total - sheet.reviewed_total
            text += f"，核减{money(cut)}" if cut > 0 else f"，核增{money(-cut)}" if cut < 0 else "，未作核减"
        reason = f"({sheet.priority_reason.strip()})" if sheet.priority_reason.strip() else ""
        read = "安排时已参阅有关绩效评价结果。" if sheet.results_read else ""
        return f"{text}。优先级为“{filled(sheet.priority)}”{reason}。{read}"

    def signatures(self, sheet, pack: Pack) -> list[Para]:
        """What each office said of this very version; who has not signed yet is said."""
        rows = sheet.signatures.filter(voided_at=None).order_by("id")
        newest = {row.recorded_role: row for row in rows}
        found = []
        for role in SIGNERS:
            row, name = newest.get(role), office(pack, role)
            if row is None:
                found.append(Para(f"{name}：尚未会审。"))
            else:
                text = full_stop(row.opinion) if row.opinion.strip() else f"会审意见{MISSING}。"
                found.append(Para(f"{name}（{day(row.recorded_on)}）：{text}"))
        return found

    def signer(self, sheet, pack: Pack) -> str:
        """Both offices by their full names, as those who signed belong to them."""
        rows = sheet.signatures.filter(voided_at=None).order_by("id").select_related("recorded_by__organization")
        units = {row.recorded_role: row.recorded_by.organization.name for row in rows}
        place = sheet.project.jurisdiction.name
        return "　".join(formal(units.get(role) or office(pack, role), place) for role in SIGNERS)

    def conclusion(self, sheet) -> str:
        """Settled only when the lines are reviewed and both offices have signed."""
        signed = set(sheet.signatures.filter(voided_at=None).values_list("recorded_role", flat=True))
        if sheet.reviewed_total is None:
            return f"明细预算的审核数{MISSING}，会审尚未完成。"
        if not set(SIGNERS) <= signed:
            return f"明细预算审核数为{money_in_full(sheet.reviewed_total)}，会审尚未完成。"
        return (
            f"该项目明细预算（第{sheet.version}版）核定为{money_in_full(sheet.reviewed_total)}，请按预算审批程序报批。"
            "批准后明细仍需改动的，应重新会审。"
        )


def lines(sheet) -> Table:
    """The lines of the sheet with their sums."""
    rows = [
        (str(at), each.name, each.type, figure(each.asked), figure(each.reviewed), _why(each))
        for at, each in enumerate(sheet.lines.order_by("position", "id"), start=1)
    ]
    rows.append(("", "合计", "—", figure(sheet.asked_total), figure(sheet.reviewed_total), "—"))
    columns = ["序号", "名称", "类型", "申报数（元）", "审核数（元）", "核减理由和说明"]
    return Table(columns, rows, widths=[8, 20, 11, 17, 17, 22])


def arrangement(sheet) -> Table | Para:
    """By year and source, with the sum."""
    rows = list(sheet.allocations.order_by("position", "id"))
    if not rows:
        return Para(f"资金安排{MISSING}。")
    cells = [(f"{row.year}年度", row.source, figure(row.amount)) for row in rows]
    total = figure(sum((row.amount for row in rows), ZERO))
    return Table(["年度", "资金来源", "安排金额（元）"], [*cells, ("合计", "—", total)], widths=[26, 30, 30])


@paper("annual_plan", label="年度计划", stage="预算", issuer=FINANCE, source=PLAN)
class AnnualPlanNotice:
    """年度计划: the arranged table of a year as it was locked, with its sums (YQ-3.3-5)."""

    def content(self, lock) -> Content:
        """From the lock and the table of its year."""
        pack, plan = load(lock.jurisdiction.pack), annual_plan(lock.jurisdiction, lock.year)
        projects = len({row.project_id for row in plan.rows})
        annex = f"{lock.year}年度电子政务项目资金安排表"
        note = [Para(full_stop(lock.reason))] if lock.reason.strip() else []
        return official(
            Content(
                title=f"关于下达{lock.year}年度电子政务项目计划的通知",
                to="各有关单位",
                on=lock.made_on,
                blocks=[
                    Para(
                        f"{under(pack, 'annual_plan')}，{lock.year}年度电子政务项目计划已经确定，现予下达，并就有关事项通知如下："
                    ),
                    Heading("总体安排"),
                    Para(f"本年度计划安排项目{projects}个，资金合计{money_in_full(plan.total)}。{self.sources(plan)}"),
                    *note,
                    Heading("执行要求"),
                    Para(
                        "请各项目单位按照计划的内容、金额和资金来源组织实施。尚未取得预算批复的项目，以批复为准；"
                        f"计划需要调整的，由{issuer(pack, 'annual_plan')}写明理由后重新下达。"
                    ),
                    Para(f"项目实施各环节的具体要求，按照{instrument(pack)}执行。"),
                    Annex(annex),
                    plan_table(plan),
                ],
            )
        )

    def sources(self, plan: AnnualPlan) -> str:
        """By source, and against what the city can spend."""
        parts = [f"{source}{money(amount)}" for source, amount in plan.by_source.items()]
        text = f"其中：{','.join(parts)}。" if parts else ""
        approved = f"已经批复{money(plan.approved_total)}。"
        if plan.available is None:
            return f"{text}{approved}本年度可用财力{UNKNOWN}。"
        left = plan.remaining
        rest = f"尚余{money(left)}" if left >= 0 else f"超出{money(-left)}"
        return f"{text}{approved}本年度可用财力{money(plan.available)}，安排{Allocation.CITY}后{rest}。"


def plan_table(plan: AnnualPlan) -> Table:
    """A row for every project and source, with the sum."""
    rows = [
        (
            str(at), row.name, row.unit, row.kind, row.source, figure(row.amount),
            (row.doc_no or MISSING) if row.is_approved else PENDING,
        )
        for at, row in enumerate(plan.rows, start=1)
    ]  # fmt: skip
    rows.append(("", "合计", "—", "—", "—", figure(plan.total), "—"))
    columns = ["序号", "项目名称", "项目单位", "性质", "资金来源", "金额（元）", "批复文号"]
    return Table(columns, rows, widths=[9, 22, 15, 9, 14, 18, 23])


def _why(line) -> str:
    """Why a line was cut, what a supervision fee was set by (YQ-3.6-7), and other notes."""
    basis = ""
    if line.cost_basis is not None or line.complexity.strip():
        basis = f"核定依据：项目造价{money(line.cost_basis)}，复杂程度{filled(line.complexity)}"
    parts = [each for each in (line.cut_reason.strip(), basis, line.note.strip()) if each]
    return ";".join(each.rstrip("。;；") for each in parts) or "—"


def _signed(sheet) -> list:
    return list(sheet.signatures.filter(voided_at=None).values_list("recorded_on", flat=True))
