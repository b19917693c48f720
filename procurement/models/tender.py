"""Here: the tender document by version, its review and its notice. Not here: who won (contract.py)."""

from decimal import Decimal

from django.core.validators import MaxValueValidator
from django.db import models

from procurement.models.application import ProcurementApplication
from procurement.models.lines import MORE_THAN_NOTHING, ItemLine
from projects.models import Line, StageRecord


class TenderDocument(StageRecord):
    """招标文件送审: a version of the tender document. A newer one voids the conclusion on the former (YQ-3.5-4)."""

    application = models.ForeignKey(
        ProcurementApplication, models.PROTECT, related_name="documents", verbose_name="采购申请"
    )
    code = models.CharField("文件编号", max_length=30, editable=False)
    version = models.PositiveSmallIntegerField("版本", editable=False)
    received_on = models.DateField("中心收到日期", editable=False)
    file = models.ForeignKey("projects.Attachment", models.PROTECT, related_name="+", verbose_name="招标文件")
    remark = models.TextField("本版修改说明", blank=True)

    class Meta(StageRecord.Meta):
        verbose_name = verbose_name_plural = "招标文件送审"

    def __str__(self) -> str:
        return f"{self.code}(第{self.version}版)"


class TenderItem(ItemLine):
    """A line of the tender document, compared with the approved items (YQ-3.5-7)."""

    record = models.ForeignKey(TenderDocument, models.CASCADE, related_name="items", verbose_name="招标文件")

    class Meta(ItemLine.Meta):
        verbose_name = verbose_name_plural = "招标内容明细"


def _verdict(label: str) -> models.CharField:
    return models.CharField(label, max_length=10, choices=[("合适", "合适"), ("不合适", "不合适")], blank=True)


def _remark(label: str) -> models.TextField:
    return models.TextField(f"{label}的意见", blank=True)


class TenderReview(StageRecord):
    """招标文件审查: the centre's conclusion on one version, item by item (YQ-3.5-6 to YQ-3.5-9)."""

    PASSED, RETURNED = "通过", "退回修改"
    ITEMS = ("qualification", "consistency", "terms", "evaluation", "scoring", "other")

    document = models.ForeignKey(TenderDocument, models.PROTECT, related_name="reviews", verbose_name="招标文件")
    qualification = _verdict("承建单位资质要求")
    qualification_remark = _remark("承建单位资质要求")
    consistency = _verdict("设备技术指标和内容一致")
    consistency_remark = _remark("设备技术指标和内容一致")
    terms = _verdict("合同付款验收条款")
    terms_remark = _remark("合同付款验收条款")
    evaluation = _verdict("评标办法")
    evaluation_remark = _remark("评标办法")
    scoring = _verdict("评分细则")
    scoring_remark = _remark("评分细则")
    other = _verdict("其他")
    other_remark = _remark("其他")
    conflict_acknowledged = models.BooleanField("已注意到验收前付款的条款", default=False)
    conclusion = models.CharField("审查结论", max_length=10, choices=[(PASSED, PASSED), (RETURNED, RETURNED)])
    opinion = models.TextField("审查意见", blank=True)

    class Meta(StageRecord.Meta):
        verbose_name = verbose_name_plural = "招标文件审查"


class PaymentTerm(Line):
    """A line of the payment schedule in the tender's contract: at which milestone which share is paid (YQ-3.5-8)."""

    BEFORE_ACCEPTANCE = ("预付", "到货", "进度", "初验")
    MILESTONES = [(name, name) for name in (*BEFORE_ACCEPTANCE, "验收", "质保期满")]

    record = models.ForeignKey(TenderReview, models.CASCADE, related_name="payment_terms", verbose_name="招标文件审查")
    milestone = models.CharField("付款节点", max_length=10, choices=MILESTONES)
    percentage = models.DecimalField(
        "比例(%)",
        max_digits=5,
        decimal_places=2,
        validators=[MORE_THAN_NOTHING, MaxValueValidator(Decimal("100"), message="不能超过 100。")],
    )

    class Meta(Line.Meta):
        verbose_name = verbose_name_plural = "付款安排"


class TenderNotice(StageRecord):
    """发布招标公告: the notice of one exact version (YQ-3.5-4)."""

    document = models.ForeignKey(TenderDocument, models.PROTECT, related_name="notices", verbose_name="招标文件")
    published_on = models.DateField("公告发布日期")
    media = models.CharField("发布媒体", max_length=200, blank=True)

    class Meta(StageRecord.Meta):
        verbose_name = verbose_name_plural = "招标公告"
