"""Here: the forms that a filing consists of, 预审申报表 and 概算表. Not here: notices and orders (documents.py)."""

from decimal import Decimal

from papers.content import Content, Fields, Heading, Para, Signatures, Table
from papers.registry import PROJECT, paper
from papers.wording import MISSING, UNKNOWN, day, figure, filled, money, money_in_full, official, quantity
from projects.models import Material
from projects.official import basics, form_title

ZERO = Decimal("0.00")
MEANS = {True: "计算机、通信技术", False: "其他技术", None: MISSING}


@paper("filing_form", label="项目预审申报表", stage="申报", issuer="applicant", source=PROJECT)
class FilingForm:
    """项目预审申报表, with every field of the filing as it stands (YQ-3.1-9)."""

    def content(self, project) -> Content:
        """From the project, its unit, its lines and materials."""
        return official(
            Content(
                title=form_title(project, "filing_form"),
                red=False,
                on=project.filed_on,
                blocks=[
                    Heading("基本情况"),
                    Fields(self.head(project), across=2),
                    Heading("建设内容"),
                    Fields(self.aims(project)),
                    Heading("资金来源"),
                    funding(project),
                    *([Heading("申报材料"), handed_in] if (handed_in := materials(project)).rows else []),
                    Heading("申报单位意见"),
                    Para("本单位对以上内容和所附材料的真实性、完整性负责。"),
                    Signatures(["经办人", "分管领导", "单位（盖章）", "日期"], [()]),
                ],
            )
        )

    def head(self, project) -> list[tuple]:
        """The project and who stands for the unit."""
        unit = project.department
        people = [
            ("分管领导", _person(unit.leader_name, unit.leader_post)),
            ("联系电话", filled(unit.leader_phone)),
            ("联络人", _person(unit.liaison_name, unit.liaison_post)),
            ("联系电话", filled(unit.liaison_phone)),
        ]
        means = ("主要技术手段", MEANS[project.ict_based])
        return [*basics(project), *people, means, ("申报日期", day(project.filed_on))]

    def aims(self, project) -> list[tuple[str, str]]:
        """What it is for, what it shares, and what only some projects have."""
        unshared = filled(project.no_sharing_reason) if project.no_sharing_reason.strip() else "无此情形"
        rows = [
            ("申报批次", filled(project.batch.title if project.batch else "")),
            ("建设（运维）目标", filled(project.objective)),
            ("业务需求", filled(project.business_need)),
            ("需用的外部数据", filled(project.shared_data_needed)),
            ("可提供的数据", filled(project.shared_data_offered)),
            ("无共享需求的理由", unshared),
            ("利用的公共基础设施", filled(project.public_facilities)),
        ]
        parent = f"{filled(project.parent_name)}（立项文号：{filled(project.parent_doc_no)}）"
        optional = [
            ("其他类别说明", project.category_note, project.category_note),
            ("所属基建项目", project.parent_name or project.parent_doc_no, parent),
            ("所服务的已建系统", project.serves_id, project.serves.name if project.serves else ""),
            ("上级明确要求的文件", project.interim_superior_doc, project.interim_superior_doc),
            ("市政府明确认可的文件", project.interim_government_doc, project.interim_government_doc),
            ("落实的资金来源", project.interim_fund_source, project.interim_fund_source),
            ("落实的资金额", project.interim_fund_amount is not None, money(project.interim_fund_amount)),
        ]
        return rows + [(label, text) for label, known, text in optional if known]


@paper("estimate_table", label="项目概算表", stage="申报", issuer="applicant", source=PROJECT)
class EstimateTable:
    """项目概算表: every line of the estimate, its sum beside the declared total (YQ-3.1-11, YQ-1.2-11)."""

    def content(self, project) -> Content:
        """From the project and its lines."""
        return official(
            Content(
                title=form_title(project, "estimate_table"),
                red=False,
                landscape=True,
                on=project.filed_on,
                blocks=[
                    Fields([*basics(project)[:4], basics(project)[6], ("申报日期", day(project.filed_on))], across=2),
                    estimate(project),
                    Para(self.total(project)),
                    Signatures(["编制人", "审核人", "单位（盖章）", "日期"], [()]),
                ],
            )
        )

    def total(self, project) -> str:
        """The sum in words, and by how much the declared total differs."""
        lines = list(project.estimate.all())
        if not lines:
            return f"概算明细{MISSING}，申报概算为{money_in_full(project.declared_total)}。"
        total = sum((line.amount for line in lines), ZERO)
        text = f"明细合计{money_in_full(total)}"
        if project.declared_total is None:
            return f"{text}；申报概算{UNKNOWN}。"
        gap = total - project.declared_total
        if not gap:
            return f"{text}，与申报概算一致。"
        return f"{text}，与申报概算{money(project.declared_total)}相差{money(abs(gap))}。"


def estimate(project) -> Table:
    """The lines with their sum."""
    lines = list(project.estimate.all())
    rows = [
        (
            str(at), line.name, line.type, filled(line.specification), filled(line.unit), quantity(line.quantity),
            figure(line.unit_price), figure(line.amount), line.own_built_reason.strip() or "—",
        )
        for at, line in enumerate(lines, start=1)
    ]  # fmt: skip
    total = figure(sum((line.amount for line in lines), ZERO)) if lines else UNKNOWN
    rows.append(("", "合计", "—", "—", "—", "—", "—", total, "—"))
    columns = ["序号", "名称", "类型", "规格", "单位", "数量", "单价（元）", "金额（元）", "不用公共设施的理由"]
    return Table(columns, rows, widths=[10, 22, 15, 24, 10, 9, 22, 24, 20])


def funding(project) -> Table:
    """Where the money comes from, with its sum."""
    lines = list(project.funding.all())
    rows = [(line.source, filled(line.level), figure(line.amount)) for line in lines]
    total = figure(sum((line.amount for line in lines), ZERO)) if lines else UNKNOWN
    return Table(["资金来源", "层级", "金额（元）"], [*rows, ("合计", "—", total)], widths=[30, 30, 26])


def materials(project) -> Table:
    """Every slot of the filing, its newest answer and the file that was handed in."""
    newest = {each.code: each for each in project.materials.select_related("attachment").order_by("version")}
    rows = []
    for spec in project.pack.materials:
        each = newest.get(spec.code)
        if each or "file" in spec.moves:
            file = each.attachment.name if each and each.attachment else "—"
            rows.append((str(len(rows) + 1), spec.name, each.status if each else Material.MISSING, file))
    return Table(["序号", "材料", "提交情况", "文件"], rows, widths=[8, 28, 14, 38])


def _person(name: str, post: str) -> str:
    return f"{filled(name)}({filled(post)})" if name.strip() or post.strip() else MISSING
