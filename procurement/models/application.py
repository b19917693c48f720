"""Here: 采购申请 and the finance bureau's answer to it. Not here: the tender (tender.py), the contract (contract.py)."""

from django.db import models

from procurement.models.lines import ItemLine
from projects.models import StageRecord


class ProcurementApplication(StageRecord):
    """采购申请: what of the approved items is to be bought, and how. Several together may not exceed them (YQ-3.5-2)."""

    TENDERS = ("公开招标", "邀请招标")
    METHODS = [
        (method, method) for method in (*TENDERS, "竞争性谈判", "竞争性磋商", "询价", "单一来源", "框架协议", "其他")
    ]

    code = models.CharField("申请编号", max_length=20, editable=False)
    method = models.CharField("采购方式", max_length=20, choices=METHODS)
    method_reason = models.TextField("采用该方式的理由", blank=True)
    file = models.ForeignKey(
        "projects.Attachment", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="申请文件"
    )

    class Meta(StageRecord.Meta):
        verbose_name = verbose_name_plural = "采购申请"

    def __str__(self) -> str:
        return f"{self.code} {self.method}"

    @property
    def is_tender(self) -> bool:
        """Whether the method has a tender notice (YQ-3.5-4, YQ-Q11)."""
        return self.method in self.TENDERS


class ApplicationLine(ItemLine):
    """A line of the application; `budget_amount` in 元 is what is set aside for it."""

    record = models.ForeignKey(ProcurementApplication, models.CASCADE, related_name="items", verbose_name="采购申请")
    budget_amount = models.DecimalField("采购预算(元)", max_digits=16, decimal_places=2)

    class Meta(ItemLine.Meta):
        verbose_name = verbose_name_plural = "采购申请明细"


class ProcurementDecision(StageRecord):
    """受理或退回: the finance bureau's answer to one application; the newest counts (YQ-2.1-4, YQ-3.5-3)."""

    ACCEPTED, RETURNED = "受理", "退回"
    OUTCOMES = [(ACCEPTED, ACCEPTED), (RETURNED, RETURNED)]

    application = models.ForeignKey(
        ProcurementApplication, models.PROTECT, related_name="decisions", verbose_name="采购申请"
    )
    outcome = models.CharField("处理结果", max_length=10, choices=OUTCOMES)
    reason = models.TextField("理由", blank=True)

    class Meta(StageRecord.Meta):
        verbose_name = verbose_name_plural = "采购申请受理"
