"""Here: 拨付, money that left. Not here: whether it may (packs), sums (budget/money.py)."""

from django.db import models
from django.db.models import Q

from projects.models import StageRecord


class Payment(StageRecord):
    """One payment in 元. A wrong one is voided with a reason and stays visible.

    `before_acceptance` is kept as it was on the day: such 建设资金 stays on the supervision list for good (YQ-3.7-11).
    """

    CONSTRUCTION, OPERATIONS = "建设资金", "运维经费"
    KINDS = [
        (CONSTRUCTION, CONSTRUCTION), ("设计费", "设计费"), ("监理费", "监理费"), (OPERATIONS, OPERATIONS), ("其他", "其他"),
    ]  # fmt: skip

    amount = models.DecimalField("拨付金额(元)", max_digits=16, decimal_places=2)
    kind = models.CharField("拨付类别", max_length=10, choices=KINDS)
    paid_on = models.DateField("拨付日期")
    payee = models.CharField("收款单位", max_length=200)
    contract_ref = models.CharField("合同编号", max_length=100, blank=True)
    contract_clause = models.CharField("合同付款条款", max_length=500, blank=True)
    early_reason = models.CharField("验收前拨付的理由", max_length=500, blank=True)
    note = models.CharField("说明", max_length=500, blank=True)
    before_acceptance = models.BooleanField("验收通过前拨付", editable=False)

    class Meta(StageRecord.Meta):
        verbose_name = verbose_name_plural = "资金拨付"
        constraints = [models.CheckConstraint(condition=Q(amount__gt=0), name="payment_above_zero")]
