"""Here: 立项 for projects that belong in the government investment plan. Not here: the budget itself (sheet.py)."""

from django.db import models

from projects.models import StageRecord


class InvestmentPlanAnswer(StageRecord):
    """Whether the project belongs in 政府投资项目计划, and who decided so by name (YQ-3.3-6)."""

    listed = models.BooleanField("应列入政府投资项目计划", choices=[(True, "是"), (False, "否")])
    decided_by = models.CharField("认定人", max_length=50)
    reason = models.CharField("认定理由", max_length=500, blank=True)

    class Meta(StageRecord.Meta):
        verbose_name = verbose_name_plural = "政府投资项目计划认定"


class InitiationRequest(StageRecord):
    """申请立项: the unit reports to 发改局; may be lodged before the scheme is reviewed (YQ-Q6)."""

    requested_on = models.DateField("报送日期")
    doc_no = models.CharField("报送文号", max_length=100, blank=True)
    document = models.ForeignKey(
        "projects.Attachment", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="报送材料"
    )
    note = models.CharField("说明", max_length=500, blank=True)

    class Meta(StageRecord.Meta):
        verbose_name = verbose_name_plural = "立项申请"


class InitiationDecision(StageRecord):
    """立项 by 发改局: 同意 or 不同意, document number and date (YQ-2.1-6, YQ-3.4-6)."""

    AGREED = "同意"
    DECISIONS = [(AGREED, AGREED), ("不同意", "不同意")]

    decision = models.CharField("立项结论", max_length=10, choices=DECISIONS)
    doc_no = models.CharField("立项文号", max_length=100)
    decided_on = models.DateField("立项日期")
    document = models.ForeignKey(
        "projects.Attachment", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="立项文件"
    )
    note = models.CharField("说明", max_length=500, blank=True)

    class Meta(StageRecord.Meta):
        verbose_name = verbose_name_plural = "立项结论"
