"""Here: papers on a technical scheme: 审查意见, 专家评审意见, the return. Not here: papers on a filing (documents.py)."""

from decimal import Decimal

from papers.content import Annex, Content, Heading, Para, Signatures, Table
from papers.registry import PASSAGE, paper
from papers.wording import MISSING, UNKNOWN, figure, filled, money_in_full, quantity
from projects.evidence import EVIDENCE
from projects.official import NOTIFIED, called, invested, issuer, letter, received, referred, said, under
from reviews.criteria import ITEMS, TECHNICAL
from reviews.documents import checklist
from reviews.models.review import FAILED, PASSED, REVISE
from reviews.panel import draw_of, members
from reviews.scores import summary

ITEM_LIST = "核准采购内容清单"
ZERO = Decimal("0.00")


@paper("scheme_opinion", label="技术方案审查意见", stage="评审", issuer="centre", source="scheme_opinion")
class SchemeOpinionPaper:
    """技术方案审查意见 on one version; with 通过 goes the list of what may be bought (YQ-3.4-10)."""

    words = {PASSED: "该{}通过审查。", FAILED: "该{}未通过审查。", REVISE: "该{}应修改后重新送审。"}
    binds = (
        "通过审查的{}和核准采购内容是采购、建设和验收的依据。确需调整的，应说明必要性并按规定办理变更，未经批准不得执行。"
    )

    def content(self, opinion) -> Content:
        """From the opinion, its checklist and items, the version reviewed and the project."""
        project = opinion.project
        items = list(opinion.items.order_by("position", "id"))
        scheme = scheme_of(project)
        paper = called(project.pack, "scheme_opinion").removeprefix(scheme)
        scheme_received = received(project, "scheme_opinion", f"{scheme}（{self.version(opinion)}）")
        return letter(
            project,
            f"关于{{}}{scheme}的{paper}",
            Para(f"{scheme_received}经组织评审，现提出如下{paper}："),
            Heading("审查情况"),
            Para(f"该项目为{filled(project.kind)}项目，{invested(project)}。对{scheme}逐项审查的情况如下："),
            checklist(opinion, project.pack),
            *([Para("已参阅你单位以往项目的绩效评价结果。")] if opinion.results_read else []),
            Heading("审查结论"),
            Para(self.words[opinion.conclusion].format(scheme)),
            *said(opinion.text),
            *([Para(self.binds.format(scheme))] if opinion.conclusion == PASSED else []),
            *([Annex(ITEM_LIST), item_table(items), Para(item_total(items))] if items else []),
            on=opinion.signed_on,
        )

    def version(self, opinion) -> str:
        """Which version, and who wrote it."""
        scheme = opinion.scheme
        if scheme is None:
            return f"版本{UNKNOWN}"
        author = "由你单位自行编制" if scheme.compiled_by_self else f"编制单位：{filled(scheme.firm_name)}"
        return f"第{scheme.version}版，{author}"


@paper("scheme_return", label="技术方案退回通知", stage="评审", issuer="centre", source=PASSAGE)
class SchemeReturn:
    """A scheme goes back to its unit with what is to be changed."""

    def content(self, passage) -> Content:
        """From the passage and its project."""
        project = passage.project
        scheme = scheme_of(project)
        return letter(
            project,
            f"关于退回修改{{}}{scheme}的通知",
            Para(f"{received(project, 'scheme_return', scheme)}经评审，需要修改后重新送审。具体意见如下："),
            *said(passage.note),
            Para("请逐条修改完善，提交新的版本，并对修改情况作出说明。"),
            NOTIFIED,
            on=passage.on,
        )


@paper("expert_review", label="专家评审意见", stage="评审", issuer="centre", source="expert_review")
class ExpertReviewPaper:
    """专家评审意见 with scores where a panel was drawn, and the table to sign in (YQ-3.4-11)."""

    words = {PASSED: "同意通过评审。", FAILED: "不同意通过评审。", REVISE: "建议修改后重新评审。"}

    def content(self, review) -> Content:
        """From the record, its project and the panel that it speaks for."""
        project = review.project
        names = [each for each in (str(name).strip() for name in review.experts) if each]
        drawn = draw_of(review)
        sitting = {each.expert.name: each.expert for each in members(drawn)} if drawn else {}
        team = f"专家组由{len(names)}人组成" if names else f"专家名单{MISSING}"
        how = "，经随机抽取产生" if names and set(names) <= set(sitting) else ""
        scheme = scheme_of(project)
        return letter(
            project,
            f"{{}}{scheme}专家评审意见",
            Para(
                f"{under(project.pack, 'expert_review')}，{issuer(project.pack, 'expert_review')}组织专家对"
                f"{project.department.name}报送的{referred(project)}{scheme}进行了评审。{team}{how}。"
                "专家组听取汇报、审阅资料并经质询和讨论，形成如下意见："
            ),
            Heading("评审意见"),
            *said(review.opinion),
            *(self.scores(drawn) if drawn else []),
            Heading("评审结论"),
            Para(self.words[review.conclusion]),
            Heading("专家签字"),
            signatures(names, sitting),
            to="",
            on=review.recorded_on,
        )

    def scores(self, draw) -> list:
        """What each member gave, and the averages; nothing while nobody has scored."""
        found = summary(draw)
        if found.average is None:
            return []
        rows = [
            (
                each["member"].expert.name,
                *(_score(each["scores"].get(item)) for item in TECHNICAL),
                _score(each["average"]),
            )
            for each in found.sheets
        ]
        rows.append(("平均", *(_score(found.averages[item]) for item in TECHNICAL), _score(found.average)))
        columns = ["专家", *(ITEMS[item].partition(":")[2] for item in TECHNICAL), "平均"]
        return [Heading("评分情况"), Table(columns, rows, widths=[16, 20, 20, 20, 12])]


def scheme_of(project) -> str:
    """What this place calls the scheme, behind a name that ends in 项目."""
    return EVIDENCE["scheme"].called(project).removeprefix("项目")


def signatures(names: list[str], known: dict) -> Signatures:
    """A row to sign in for every expert, with employer and title of those who were drawn; the others write theirs."""
    rows = [
        (name, filled(known[name].employer), filled(known[name].title)) if name in known else (name,) for name in names
    ]
    return Signatures(["姓名", "工作单位", "职称", "签名"], rows or [(MISSING,)])


def item_table(items: list) -> Table:
    """Approved items with their sum; rows have the columns of reviews.models.review.ItemColumns."""
    rows = [
        (
            str(at), each.name, filled(each.specification), quantity(each.quantity), filled(each.unit),
            "是" if each.is_equipment else "否", figure(each.amount),
        )
        for at, each in enumerate(items, start=1)
    ]  # fmt: skip
    rows.append(("", "合计", "—", "—", "—", "—", figure(sum((each.amount for each in items), ZERO))))
    columns = ["序号", "名称", "规格", "数量", "单位", "设备", "金额（元）"]
    return Table(columns, rows, widths=[8, 24, 22, 8, 8, 7, 18])


def item_total(items: list) -> str:
    """The sum in words."""
    return f"共{len(items)}项，合计{money_in_full(sum((each.amount for each in items), ZERO))}。"


def _score(value: Decimal | None) -> str:
    return UNKNOWN if value is None else f"{value:.2f}"
