"""Here: 固定资产登记 on both sides, the unit's and the finance bureau's. Not here: comparing the two (assets.py above)."""

from django.db import models

from procurement.models.contract import ContractLine
from procurement.models.lines import MORE_THAN_NOTHING
from projects.models import StageRecord


class AssetRegistration(StageRecord):
    """固定资产登记(单位侧): equipment of one contract line; several together make up its quantity (YQ-3.5-10)."""

    line = models.ForeignKey(ContractLine, models.PROTECT, related_name="registrations", verbose_name="设备")
    asset_number = models.CharField("资产编号", max_length=100)
    registered_on = models.DateField("登记入账日期")
    location = models.CharField("存放地点", max_length=200)
    quantity = models.DecimalField("数量", max_digits=12, decimal_places=2, validators=[MORE_THAN_NOTHING])
    value = models.DecimalField("价值(元)", max_digits=16, decimal_places=2)

    class Meta(StageRecord.Meta):
        verbose_name = verbose_name_plural = "固定资产登记(单位侧)"


class AssetConfirmation(StageRecord):
    """固定资产登记(财政侧): the finance bureau's own count and value of one contract line (YQ-3.5-11)."""

    line = models.ForeignKey(ContractLine, models.PROTECT, related_name="confirmations", verbose_name="设备")
    quantity = models.DecimalField("数量", max_digits=12, decimal_places=2, validators=[MORE_THAN_NOTHING])
    value = models.DecimalField("价值(元)", max_digits=16, decimal_places=2)
    remark = models.TextField("说明", blank=True)

    class Meta(StageRecord.Meta):
        verbose_name = verbose_name_plural = "固定资产登记(财政侧)"
