"""Here: 会审 signatures and 批复 of a budget. Not here: the lines themselves (sheet.py)."""

from django.db import models

from budget.models.sheet import BudgetSheet
from projects.models import StageRecord


class BudgetSignature(StageRecord):
    """财政局 or 市府办 signs one version of the sheet; it counts for that version only (YQ-3.3-2)."""

    sheet = models.ForeignKey(BudgetSheet, models.PROTECT, null=True, editable=False, related_name="signatures")
    version = models.PositiveSmallIntegerField("会审版本", null=True, blank=True)
    opinion = models.TextField("会审意见", blank=True)

    class Meta(StageRecord.Meta):
        verbose_name = verbose_name_plural = "预算会审"


class BudgetApproval(StageRecord):
    """批复 by the authority that budgets go to: who, when, document, total over all years and sources (YQ-3.3-4, -5)."""

    sheet = models.ForeignKey(BudgetSheet, models.PROTECT, null=True, editable=False, related_name="approvals")
    authority = models.CharField("批准机关", max_length=200)
    approved_on = models.DateField("批准日期")
    doc_no = models.CharField("批复文号", max_length=100, blank=True)
    document = models.ForeignKey(
        "projects.Attachment", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="批复文件"
    )
    total = models.DecimalField(
        "批准总额(元)", max_digits=16, decimal_places=2, null=True, blank=True, help_text="不填即按会审的审核数合计。"
    )

    class Meta(StageRecord.Meta):
        verbose_name = verbose_name_plural = "预算批复"
