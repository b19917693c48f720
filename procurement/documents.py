"""Here: 招标文件审查意见. Not here: comparing a document with what was approved (comparison.py)."""

from decimal import Decimal

from papers.content import Content, Heading, Para, Table
from papers.registry import paper
from papers.wording import MISSING, UNKNOWN, day, full_stop, quantity
from procurement.models import PaymentTerm, TenderReview
from projects.official import letter, offices, referred, said, under

CONCLUSIONS = {
    TenderReview.PASSED: "该招标文件通过审查，可以按程序发布招标公告。发布前内容再有改动的，应重新送审。",
    TenderReview.RETURNED: "该招标文件退回修改。请按上述意见修改后重新送审，审查通过前不发布招标公告。",
}


@paper("tender_review", label="招标文件审查意见", stage="采购", issuer="centre", source="tender_review")
class TenderReviewPaper:
    """招标文件审查意见 on one version: item by item, the payment terms, the conclusion (YQ-3.5-6 to YQ-3.5-9)."""

    def content(self, review) -> Content:
        """From the review, its payment terms, the version reviewed and the project."""
        project, document = review.project, review.document
        sender = document.recorded_by.organization
        return letter(
            project,
            "关于{}招标文件的审查意见",
            Para(
                f"你单位于{day(document.received_on)}送审的{referred(project)}招标文件（文件编号：{document.code}，"
                f"第{document.version}版）收悉。{under(project.pack, 'tender_review')}，经逐项审查，提出如下意见："
            ),
            Heading("逐项审查情况"),
            verdicts(review),
            Heading("合同付款安排"),
            *self.payment(review),
            Heading("审查结论"),
            Para(CONCLUSIONS[review.conclusion]),
            *(said(review.opinion) if review.opinion.strip() else []),
            to=sender.name if sender else offices(project.pack, "tender"),
            on=review.recorded_on,
        )

    def payment(self, review) -> list:
        """The schedule, and how much of it comes before acceptance (YQ-3.5-8)."""
        terms = list(review.payment_terms.order_by("position", "id"))
        if not terms:
            return [Para(f"付款安排{MISSING}。")]
        early = sum((each.percentage for each in terms if each.milestone in PaymentTerm.BEFORE_ACCEPTANCE), Decimal(0))
        rows = [(str(at), each.milestone, f"{quantity(each.percentage)}%") for at, each in enumerate(terms, start=1)]
        total = f"{quantity(sum((each.percentage for each in terms), Decimal(0)))}%"
        table = Table(["序号", "付款节点", "比例"], [*rows, ("", "合计", total)], widths=[14, 42, 30])
        if not early:
            return [table, Para("付款均安排在验收之后。")]
        noted = "审查时已注意到这一安排，" if review.conflict_acknowledged else ""
        text = f"验收之前的付款占{quantity(early)}%。{noted}请建设单位与财政部门核对资金拨付条件后再行约定。"
        return [table, Para(text)]


def verdicts(review) -> Table:
    """Every item with its verdict and remark."""
    rows = []
    for at, item in enumerate(TenderReview.ITEMS, start=1):
        label = str(TenderReview._meta.get_field(item).verbose_name)
        remark = getattr(review, f"{item}_remark").strip()
        verdict = getattr(review, item)
        rows.append(
            (str(at), label, verdict or UNKNOWN, full_stop(remark) if remark else "无其他意见" if verdict else MISSING)
        )
    return Table(["序号", "审查事项", "结论", "意见"], rows, widths=[8, 26, 10, 44])
