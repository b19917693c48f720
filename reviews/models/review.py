"""Here: how a scheme is reviewed: the plan, the experts, the opinion, the fee. Not here: the scheme itself (scheme.py)."""

from django.db import models

from projects.models import Line, StageRecord
from reviews.models.opinion import ChecklistLine
from reviews.models.rounds import SubmissionRecord

PASSED, FAILED, REVISE = "通过", "未通过", "修改后再审"
CONCLUSIONS = [(PASSED, PASSED), (FAILED, FAILED), (REVISE, REVISE)]


class ReviewPlan(SubmissionRecord):
    """评审方案: how and by whom, and the investment figure that the method was chosen by (YQ-3.4-8)."""

    CENTRE, EXPERTS = "中心评审", "专家评审"
    METHODS = [(CENTRE, CENTRE), (EXPERTS, EXPERTS)]

    method = models.CharField("评审方式", max_length=10, choices=METHODS)
    participants = models.TextField("参加人员")
    review_on = models.DateField("评审日期")
    remark = models.TextField("说明", blank=True)
    proposed_method = models.CharField("系统建议的方式", max_length=10, editable=False)
    investment = models.DecimalField("采用的投资额(元)", max_digits=16, decimal_places=2, null=True, editable=False)
    investment_source = models.CharField("投资额来源", max_length=20, editable=False)

    class Meta(SubmissionRecord.Meta):
        verbose_name = verbose_name_plural = "评审方案"


class ExpertReview(SubmissionRecord):
    """专家评审: who, their conclusion and opinion (YQ-3.4-11). The text sets no number of experts."""

    experts = models.JSONField("专家名单", default=list, blank=True)
    conclusion = models.CharField("专家结论", max_length=10, choices=CONCLUSIONS)
    opinion = models.TextField("专家意见", blank=True)
    file = models.ForeignKey(
        "projects.Attachment", models.PROTECT, null=True, related_name="+", verbose_name="专家意见扫描件"
    )

    class Meta(SubmissionRecord.Meta):
        verbose_name = verbose_name_plural = "专家评审意见"


class SchemeOpinion(SubmissionRecord):
    """技术方案审查意见 on one version; with 通过 goes the list of what may be procured (YQ-3.4-10)."""

    conclusion = models.CharField("审查结论", max_length=10, choices=CONCLUSIONS)
    text = models.TextField("审查意见")
    signer = models.CharField("签发人", max_length=50)
    signed_on = models.DateField("签发日期")
    scheme = models.ForeignKey(
        "reviews.Scheme", models.PROTECT, null=True, editable=False, related_name="opinions", verbose_name="所审方案"
    )
    scheme_version = models.PositiveSmallIntegerField("所审方案版本", null=True, editable=False)
    results_read = models.BooleanField("已参阅本单位以往绩效评价结果", default=False)

    class Meta(SubmissionRecord.Meta):
        verbose_name = verbose_name_plural = "技术方案审查意见"


class SchemeLine(ChecklistLine):
    """A line of the review of the scheme: 4a, 4b, 4c (YQ-1.2-9, YQ-1.2-10)."""

    record = models.ForeignKey(SchemeOpinion, models.CASCADE, related_name="checklist")

    class Meta(ChecklistLine.Meta):
        verbose_name = verbose_name_plural = "评审清单"


class ItemColumns(models.Model):
    """The columns of an approved item: what, how specified, how many, for how much (元)."""

    name = models.CharField("名称", max_length=200)
    specification = models.CharField("规格", max_length=500, blank=True)
    quantity = models.DecimalField("数量", max_digits=12, decimal_places=2)
    unit = models.CharField("单位", max_length=20, blank=True)
    is_equipment = models.BooleanField("属于设备", default=False)
    amount = models.DecimalField("金额(元)", max_digits=16, decimal_places=2)

    class Meta:
        abstract = True


class OpinionItem(ItemColumns, Line):
    """A line of 核准采购内容 as the opinion lists it."""

    record = models.ForeignKey(SchemeOpinion, models.CASCADE, related_name="items")

    class Meta(Line.Meta):
        verbose_name = verbose_name_plural = "核准采购内容"


class ReviewFee(StageRecord):
    """评审费: who paid it. Only the filing unit may (YQ-3.4-12); it is no payment from the project's budget (YQ-Q21)."""

    APPLICANT = "申报单位"
    PAYERS = [(each, each) for each in (APPLICANT, "电子政务中心", "财政局", "项目预算", "其他")]

    payer = models.CharField("付款人", max_length=20, choices=PAYERS, default=APPLICANT)
    amount = models.DecimalField("金额(元)", max_digits=16, decimal_places=2)
    paid_on = models.DateField("付款日期")
    payee = models.CharField("收款人", max_length=200, blank=True)
    remark = models.CharField("说明", max_length=300, blank=True)

    class Meta(StageRecord.Meta):
        verbose_name = verbose_name_plural = "评审费"
