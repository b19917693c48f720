"""Here: what the centre writes on a filing: 受理, 补正, 不予通过, 预审意见. Not here: papers on a scheme (documents_scheme.py)."""

from papers.content import Content, Heading, Items, Para, Table
from papers.registry import PASSAGE, paper
from papers.wording import MISSING, UNKNOWN, day, filled, full_stop, money, money_in_full
from projects.official import NOTIFIED, called, clause, letter, received, referred, said, under
from projects.parts import label
from projects.states import State
from reviews.criteria import CLAUSES, ITEMS
from reviews.models import FilingReceipt, PreliminaryOpinion


@paper("receipt_notice", label="受理通知", stage="预审", issuer="centre", source="filing_receipt")
class ReceiptNotice:
    """受理通知, or 不予受理通知 with the reason (YQ-3.1-7)."""

    def content(self, receipt) -> Content:
        """From the receipt and its project."""
        project = receipt.project
        taken = receipt.outcome == FilingReceipt.ACCEPTED
        blocks = self.accepted(receipt) if taken else self.declined(receipt)
        title = f"关于{'' if taken else '不予'}受理{{}}申报的通知"
        return letter(project, title, *blocks, NOTIFIED, on=receipt.recorded_on)

    def accepted(self, receipt) -> list:
        """What was handed in and what comes next."""
        project = receipt.project
        return [
            Para(
                f"你单位{_filed(project)}报送的{referred(project)}申报材料收悉。该项目建设性质为{filled(project.kind)}，"
                f"申报来源为{filled(project.origin)}，申报概算{money_in_full(project.declared_total)}。"
            ),
            Para(
                f"{under(project.pack, 'receipt_notice')}，经核对，决定予以受理，受理日期为{day(receipt.recorded_on)}，现转入预审。"
            ),
            *([Para("受理时说明如下："), *said(receipt.remark)] if receipt.remark.strip() else []),
            Para("预审期间需要补充说明的，将一次性告知；请保持联络人电话畅通。"),
        ]

    def declined(self, receipt) -> list:
        """Why it is not taken in."""
        project = receipt.project
        return [
            Para(f"你单位{_filed(project)}报送的{referred(project)}申报材料收悉。"),
            Para(f"{under(project.pack, 'receipt_notice')}，经核对，对本次申报决定不予受理。理由如下："),
            *said(receipt.remark),
            Para("上述情形消除后，你单位可以重新申报。"),
        ]


@paper("correction_notice", label="补正通知", stage="预审", issuer="centre", source="return_letter")
class CorrectionNotice:
    """补正通知: every defect at once, numbered, with its clause."""

    def content(self, returned) -> Content:
        """From the letter by which a filing was returned, its defects and its project."""
        project = returned.project
        defects = list(returned.defects.order_by("position", "id"))
        until = f"请于{day(returned.reply_by)}前" if returned.reply_by else "请及时"
        filing = received(project, "correction_notice", "申报材料", project.filed_on)
        return letter(
            project,
            "关于补正{}申报材料的通知",
            Para(f"{filing}经审核，尚有{len(defects)}项需要补正，现一次性告知如下："),
            Items(self.defect(project.pack, each) for each in defects),
            *(said(returned.text) if returned.text.strip() else []),
            Para(f"{until}逐项补正并作出答复后重新提交。补正期间，该项目退回你单位修改。"),
            NOTIFIED,
            on=returned.recorded_on,
        )

    def defect(self, pack, defect) -> str:
        """Where, what is wrong, what is expected, under which clause."""
        where = label(pack, defect.part)
        parts = [
            f"{f'“{where}”:' if where else ''}{full_stop(defect.content)}",
            f"补正要求：{full_stop(defect.expected)}" if defect.expected.strip() else "",
            f"前次未提出的理由：{full_stop(defect.late_reason)}" if defect.late_reason.strip() else "",
            f"（依据：{clause(pack, defect.clause)}）",
        ]
        return "".join(parts)


@paper("rejection_notice", label="不予通过通知", stage="预审", issuer="centre", source=PASSAGE)
class RejectionNotice:
    """The end of a filing that was not agreed to, with the reason on the ledger."""

    def content(self, passage) -> Content:
        """From the passage and its project."""
        project = passage.project
        return letter(
            project,
            f"关于{{}}不予通过{review_of(project.pack)}的通知",
            Para(
                f"你单位{_filed(project)}报送的{referred(project)}，申报概算{money(project.declared_total)}。"
                f"{under(project.pack, 'rejection_notice')}，经审核，决定不予通过。理由如下："
            ),
            *said(passage.note),
            Para("本次申报就此办结，不进入预算安排。以后条件具备、确需建设的，可以重新申报。"),
            NOTIFIED,
            on=passage.on,
        )


@paper("preliminary_opinion", label="预审意见", stage="预审", issuer="centre", source="preliminary_opinion")
class PreliminaryOpinionPaper:
    """预审意见: what was applied for, item by item what was found, the conclusion (YQ-3.2-3, YQ-1.2-12)."""

    words = {
        PreliminaryOpinion.AGREE: "同意该项目通过{}，{}。",
        PreliminaryOpinion.DISAGREE: "不同意该项目通过{}。",
        PreliminaryOpinion.RETURN: "将该项目退回补正，补正后重新{}。",
    }

    def content(self, opinion) -> Content:
        """From the opinion, its checklist and its project."""
        project = opinion.project
        pack = project.pack
        review = review_of(pack)
        filing = received(project, "preliminary_opinion", on=project.filed_on)
        return letter(
            project,
            f"关于{{}}的{called(pack, 'preliminary_opinion')}",
            Para(f"{filing}经对照审核标准并结合同批申报情况进行{review}，现提出如下意见："),
            Heading("项目概况"),
            *self.outline(project),
            Heading("审核情况"),
            *self.found(opinion),
            Heading(f"{review}结论"),
            Para(self.words[opinion.opinion].format(review, "进入预算安排程序" if _paid_next(project) else "转入下一环节")),
            *said(opinion.text),
            *self.despite(opinion),
            on=opinion.signed_on,
        )

    def outline(self, project) -> list[Para]:
        """The filing in two paragraphs."""
        year = f"计划{project.plan_year}年度实施，" if project.plan_year else ""
        return [
            Para(
                f"该项目为{filled(project.kind)}项目，类别为{filled(project.categories)}，{year}"
                f"申报概算{money_in_full(project.declared_total)}。"
            ),
            Para(f"建设（运维）目标：{full_stop(filled(project.objective))}"),
        ]

    def found(self, opinion) -> list:
        """Item by item, where this place reviews by items, then the batch."""
        pack = opinion.project.pack
        by_items = opinion.checklist.exists() or any(rule in pack.by_id for rule in CLAUSES.values())
        return [*([checklist(opinion, pack)] if by_items else []), Para(self.batch(opinion))]

    def batch(self, opinion) -> str:
        """The batch as it stood when the opinion was signed (YQ-3.2-2), and whether earlier results were read."""
        text = (
            f"出具意见时，同批申报项目共{opinion.batch_projects}个，申报总额{money(opinion.batch_total)}，"
            f"其中疑似重复{opinion.batch_candidates}对。"
        )
        read = "已参阅你单位以往项目的绩效评价结果。"
        return text + (read if opinion.results_read else "")

    def despite(self, opinion) -> list:
        """Why it was agreed to although an item is not met."""
        if not opinion.reason_despite.strip():
            return []
        return [Para("存在不符合的审核项而仍予同意，理由如下："), *said(opinion.reason_despite)]


def review_of(pack) -> str:
    """What this place calls the review of a filing: 预审, if its paper is 预审意见; nothing where it issues none."""
    return called(pack, "preliminary_opinion").removesuffix("意见") if "preliminary_opinion" in pack.papers else ""


def checklist(opinion, pack) -> Table:
    """The conclusions of a review, each with what it rests on; `opinion` has a `checklist` of lines."""
    rows = [
        (
            str(at),
            ITEMS[line.item].partition(":")[2],
            _article(pack, line.item),
            line.conclusion or UNKNOWN,
            _grounds(line),
        )
        for at, line in enumerate(opinion.checklist.order_by("position", "id"), start=1)
    ]
    rows = rows or [("—", MISSING, MISSING, UNKNOWN, MISSING)]
    return Table(["序号", "审核内容", "条款", "结论", "依据和说明"], rows, widths=[8, 25, 15, 9, 33])


def _article(pack, item: str) -> str:
    rule = pack.by_id.get(CLAUSES[item])
    return rule.clause if rule else "—"


def _grounds(line) -> str:
    basis = f"依据{line.basis.strip()}。" if line.basis.strip() else ""
    return basis + (full_stop(line.remark) if line.remark.strip() else "" if basis else MISSING)


def _paid_next(project) -> bool:
    """Whether the budget follows at once on the review of the filing."""
    route = list(project.route)
    return State.ENDORSED in route and route[route.index(State.ENDORSED) + 1] == State.BUDGETED


def _filed(project) -> str:
    return f"于{day(project.filed_on)}" if project.filed_on else ""
