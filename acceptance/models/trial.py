"""Here: the trial run, and its exemption for O&M projects. Not here: whether it suffices (packs)."""

from django.db import models

from projects.models import Attachment, StageRecord


class TrialRun(StageRecord):
    """试运行: from, to, conclusion and material; no minimum length (YQ-3.7-1, YQ-Q12)."""

    PASSED, FAILED = "合格", "不合格"
    CONCLUSIONS = [(PASSED, PASSED), (FAILED, FAILED)]

    started_on = models.DateField("试运行开始日期")
    ended_on = models.DateField("试运行结束日期")
    conclusion = models.CharField("试运行结论", max_length=10, choices=CONCLUSIONS)
    material = models.ForeignKey(Attachment, models.PROTECT, related_name="+", verbose_name="试运行材料")
    remark = models.TextField("说明", blank=True)

    class Meta(StageRecord.Meta):
        verbose_name = verbose_name_plural = "试运行"


class TrialExemption(StageRecord):
    """竣工、试运行不适用: the unit of an O&M project says why; the centre confirms (YQ-3.7-1, YQ-Q5)."""

    reason = models.TextField("不适用的理由")

    class Meta(StageRecord.Meta):
        verbose_name = verbose_name_plural = "竣工、试运行不适用说明"


class TrialExemptionConfirmation(StageRecord):
    """The centre's answer to the newest exemption (YQ-3.7-1)."""

    exemption = models.ForeignKey(TrialExemption, models.PROTECT, related_name="confirmations", editable=False)
    agreed = models.BooleanField("确认不适用", choices=[(True, "同意"), (False, "不同意")])
    opinion = models.TextField("确认意见")

    class Meta(StageRecord.Meta):
        verbose_name = verbose_name_plural = "不适用确认"
