"""Here: what the unit promised in figures and what became of each promise. Not here: judging it (nothing in the text does)."""

from django.db import models

from projects.models import Line, StageRecord


class PerformanceTarget(StageRecord):
    """绩效目标: the promises of a project as they stand; recorded anew whenever a further column is known."""

    remark = models.CharField("说明", max_length=300, blank=True)

    class Meta(StageRecord.Meta):
        verbose_name = verbose_name_plural = "绩效目标"


class PromiseLine(Line):
    """One promise from the filing to a year of use; what is not known yet stays blank."""

    record = models.ForeignKey(PerformanceTarget, models.CASCADE, related_name="promises")
    name = models.CharField("指标", max_length=100)
    target = models.CharField("申报目标", max_length=200)
    clause = models.CharField("合同条款", max_length=200, blank=True)
    test = models.CharField("测试项和结果", max_length=200, blank=True)
    accepted = models.CharField("验收结果", max_length=200, blank=True)
    actual = models.CharField("一年后实际", max_length=200, blank=True)

    class Meta(Line.Meta):
        verbose_name = verbose_name_plural = "承诺"

    def __str__(self) -> str:
        return self.name
