"""Here: the technical scheme and who was commissioned to write it. Not here: its review (review.py)."""

from django.db import models

from organizations.credit_codes import validate_credit_code
from projects.models import StageRecord


class Scheme(StageRecord):
    """技术方案, one version after another; the newest one is reviewed (YQ-3.4-1, YQ-3.4-4)."""

    version = models.PositiveSmallIntegerField("方案版本", editable=False)
    file = models.ForeignKey("projects.Attachment", models.PROTECT, related_name="+", verbose_name="技术方案")
    compiled_by_self = models.BooleanField("由本单位自行编制", default=False)
    firm_name = models.CharField("编制单位", max_length=200, blank=True)
    summary = models.TextField("方案要点", blank=True)

    class Meta(StageRecord.Meta):
        verbose_name = verbose_name_plural = "技术方案"
        constraints = [models.UniqueConstraint(fields=["project", "version"], name="scheme_version_once")]


class DesignCommission(StageRecord):
    """委托编制: the firm, the contract, and its consulting certificate, valid on the day of the commission (YQ-3.4-4)."""

    firm_name = models.CharField("编制单位", max_length=200)
    firm_credit_code = models.CharField(
        "统一社会信用代码", max_length=18, blank=True, validators=[validate_credit_code]
    )
    commissioned_on = models.DateField("委托日期")
    contract = models.ForeignKey(
        "projects.Attachment", models.PROTECT, null=True, related_name="+", verbose_name="委托合同或委托书"
    )
    certificate_type = models.ForeignKey(
        "organizations.CertificateType",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="证书类型",
    )
    certificate_number = models.CharField("证书编号", max_length=100, blank=True)
    certificate_valid_from = models.DateField("证书有效期起", null=True, blank=True)
    certificate_valid_to = models.DateField("证书有效期止", null=True, blank=True)
    certificate_scan = models.ForeignKey(
        "projects.Attachment", models.PROTECT, null=True, related_name="+", verbose_name="证书扫描件"
    )

    class Meta(StageRecord.Meta):
        verbose_name = verbose_name_plural = "技术方案委托编制"
