"""Here: who won, and the contract register. Not here: amendments of a contract (construction), payments (budget)."""

from django.db import models

from organizations.credit_codes import CreditCodeField
from procurement.models.application import ProcurementApplication
from procurement.models.lines import ItemLine
from procurement.models.tender import TenderNotice
from projects.models import StageRecord


class Award(StageRecord):
    """中标(成交)结果: the winner of an application; several when it was let in lots (YQ-3.6-2)."""

    application = models.ForeignKey(
        ProcurementApplication, models.PROTECT, related_name="awards", verbose_name="采购申请"
    )
    notice = models.ForeignKey(
        TenderNotice, models.PROTECT, null=True, editable=False, related_name="awards", verbose_name="招标公告"
    )
    firm_name = models.CharField("中标(成交)单位", max_length=200)
    firm_credit_code = CreditCodeField("统一社会信用代码")
    amount = models.DecimalField("中标(成交)金额(元)", max_digits=16, decimal_places=2)
    awarded_on = models.DateField("中标(成交)日期")

    class Meta(StageRecord.Meta):
        verbose_name = verbose_name_plural = "中标结果"


class Contract(StageRecord):
    """合同登记: number, parties, amount, date, payment and acceptance terms, linked to an application (YQ-3.6-3, -5)."""

    application = models.ForeignKey(
        ProcurementApplication, models.PROTECT, related_name="contracts", verbose_name="采购申请"
    )
    number = models.CharField("合同编号", max_length=60)
    firm_name = models.CharField("供应商", max_length=200)
    firm_credit_code = CreditCodeField("统一社会信用代码")
    amount = models.DecimalField("合同金额(元)", max_digits=16, decimal_places=2)
    signed_on = models.DateField("签订日期")
    payment_terms = models.TextField("付款条款")
    acceptance_terms = models.TextField("验收条款")
    file = models.ForeignKey("projects.Attachment", models.PROTECT, related_name="+", verbose_name="合同文本")

    class Meta(StageRecord.Meta):
        verbose_name = verbose_name_plural = "合同"

    def __str__(self) -> str:
        return self.number


class ContractLine(ItemLine):
    """A line of a contract. Every equipment line, whatever its value, is to be registered as an asset (YQ-3.5-12)."""

    record = models.ForeignKey(Contract, models.CASCADE, related_name="items", verbose_name="合同")
    code = models.CharField("明细编号", max_length=80, editable=False)
    amount = models.DecimalField("金额(元)", max_digits=16, decimal_places=2)
    is_equipment = models.BooleanField("设备", default=False)

    class Meta(ItemLine.Meta):
        verbose_name = verbose_name_plural = "合同明细"

    def __str__(self) -> str:
        return f"{self.code} {self.name}"
