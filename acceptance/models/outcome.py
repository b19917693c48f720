"""Here: the conclusion of an acceptance and what comes after it. Not here: what it needs (packs)."""

from django.db import models

from acceptance.models.arrangement import AcceptancePlan
from projects.models import Attachment, StageRecord


class AcceptanceConclusion(StageRecord):
    """验收结论: the unit's own, on the newest arrangement (YQ-3.7-2)."""

    PASSED, FAILED = "通过", "不通过"
    CONCLUSIONS = [(PASSED, PASSED), (FAILED, FAILED)]

    plan = models.ForeignKey(AcceptancePlan, models.PROTECT, null=True, related_name="conclusions", editable=False)
    conclusion = models.CharField("验收结论", max_length=10, choices=CONCLUSIONS)
    concluded_on = models.DateField("结论日期")
    opinion = models.TextField("验收意见")
    file = models.ForeignKey(Attachment, models.PROTECT, related_name="+", verbose_name="验收报告")

    class Meta(StageRecord.Meta):
        verbose_name = verbose_name_plural = "验收结论"


class AcceptanceFiling(StageRecord):
    """验收备案: the unit sends the papers of the acceptance to the centre (YQ-3.7-9)."""

    submitted_on = models.DateField("报送日期")
    contents = models.TextField("报送材料清单")
    file = models.ForeignKey(Attachment, models.PROTECT, related_name="+", verbose_name="验收材料")
    supplement = models.ForeignKey(
        Attachment, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="补充材料"
    )

    class Meta(StageRecord.Meta):
        verbose_name = verbose_name_plural = "验收备案"


class AcceptanceFilingConfirmation(StageRecord):
    """备案确认: the centre's answer to the newest filing (YQ-3.7-9)."""

    filing = models.ForeignKey(AcceptanceFiling, models.PROTECT, related_name="confirmations", editable=False)
    accepted = models.BooleanField("确认备案", choices=[(True, "予以备案"), (False, "退回补充")])
    remark = models.TextField("说明", blank=True)

    class Meta(StageRecord.Meta):
        verbose_name = verbose_name_plural = "备案确认"


class Delivery(StageRecord):
    """交付使用: the day of formal use, from which the year before an evaluation runs (YQ-3.7-10, YQ-3.8-2)."""

    in_service_on = models.DateField("正式投入使用日")
    remark = models.TextField("说明", blank=True)

    class Meta(StageRecord.Meta):
        verbose_name = verbose_name_plural = "交付使用"
