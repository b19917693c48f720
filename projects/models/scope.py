"""Here: who falls under the instrument, decided once, and the check of an interim filing. Not here: filing fields."""

from django.db import models

from projects.models.record import StageRecord


class ApplicabilityOpinion(StageRecord):
    """适用性意见: the governing office's opinion on a unit that the notice was only copied to (YQ-0-1, YQ-Q18)."""

    applies = models.BooleanField("适用本文件")
    opinion = models.TextField("意见和理由")

    class Meta(StageRecord.Meta):
        verbose_name = verbose_name_plural = "适用性意见"


class ScopeDecision(StageRecord):
    """范围认定: the centre decides on a project that says it is not mainly computing and communications (YQ-1.1-4)."""

    within = models.BooleanField("属于电子政务项目")
    reason = models.TextField("认定理由")

    class Meta(StageRecord.Meta):
        verbose_name = verbose_name_plural = "范围认定"


class InterimCheck(StageRecord):
    """临时申报核对: the centre ticks each of the three proofs after looking at it (YQ-3.1-8)."""

    superior_verified = models.BooleanField("上级明确要求已核对", default=False)
    government_verified = models.BooleanField("市政府明确认可已核对", default=False)
    funding_verified = models.BooleanField("资金来源已核对", default=False)
    remark = models.TextField("核对说明", blank=True)

    class Meta(StageRecord.Meta):
        verbose_name = verbose_name_plural = "临时申报核对"
