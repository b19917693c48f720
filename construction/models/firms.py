"""Here: the supervising firm and its leader, subcontractors, and that both sides are independent. Not here: contracts, awards."""

from django.db import models

from organizations.credit_codes import CreditCodeField
from projects.models import StageRecord
from projects.models.material import Attachment
from projects.parties import CONTRACTOR, SUPERVISOR


def scan(label: str) -> models.ForeignKey:
    """An optional file; whether it must be there is a rule of the pack."""
    return models.ForeignKey(Attachment, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=label)


def certificate_type(label: str) -> models.ForeignKey:
    """An optional type of certificate; forms offer those accepted today (YQ-Q16)."""
    return models.ForeignKey(
        "organizations.CertificateType", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=label
    )


class Firm(models.Model):
    """A firm as it stands on a record: name, 统一社会信用代码, the firms that it says control it or belong to it."""

    firm_name = models.CharField("单位名称", max_length=200)
    firm_credit_code = CreditCodeField("统一社会信用代码")
    affiliates = models.TextField(
        "关联单位", blank=True, help_text="有控股、隶属关系的单位,每行一个名称或统一社会信用代码;没有的留空。"
    )

    class Meta:
        abstract = True

    @property
    def affiliate_names(self) -> tuple[str, ...]:
        """The declared affiliates, one each."""
        text = self.affiliates.replace("、", "\n").replace(",", "\n").replace(",", "\n")
        return tuple(line.strip() for line in text.splitlines() if line.strip())


class LeaderCertificate(models.Model):
    """The leader whom the supervising firm sends, with the certificate that YQ-3.6-10 asks for."""

    leader = models.CharField("监理负责人", max_length=50, blank=True)
    leader_certificate_type = certificate_type("负责人证书类型")
    leader_certificate_number = models.CharField("负责人证书编号", max_length=100, blank=True)
    leader_certificate_scan = scan("负责人证书扫描件")

    class Meta:
        abstract = True


class SupervisionEngagement(StageRecord, Firm, LeaderCertificate):
    """监理委托: contract, firm with its certificate, leader, and the declarations of independence (YQ-3.6-4 … YQ-3.6-11)."""

    contract_number = models.CharField("监理合同编号", max_length=100)
    signed_on = models.DateField("监理合同签订日期")
    contract_file = models.ForeignKey(Attachment, models.PROTECT, related_name="+", verbose_name="监理合同")
    fee = models.DecimalField("监理费(元)", max_digits=16, decimal_places=2)
    certificate_type = certificate_type("监理资质类型")
    certificate_number = models.CharField("监理资质证书编号", max_length=100, blank=True)
    certificate_valid_from = models.DateField("资质有效期起", null=True, blank=True)
    certificate_valid_to = models.DateField("资质有效期止", null=True, blank=True)
    certificate_scan = scan("监理资质扫描件")
    supervisor_independent = models.BooleanField("监理单位已声明与承建单位无控股、隶属关系", default=False)
    contractor_independent = models.BooleanField("承建单位(含分包)已声明与监理单位无控股、隶属关系", default=False)
    contractors = models.JSONField("已声明的承建单位", default=list, blank=True, editable=False)

    class Meta(StageRecord.Meta):
        verbose_name = verbose_name_plural = "监理委托"


class SupervisionLeader(StageRecord, LeaderCertificate):
    """更换监理负责人: the new leader takes over only with a certificate of their own (YQ-3.6-10)."""

    effective_on = models.DateField("接任日期")
    reason = models.TextField("更换原因", blank=True)

    class Meta(StageRecord.Meta):
        verbose_name = verbose_name_plural = "更换监理负责人"


class SupervisionReport(StageRecord):
    """监理报告: what the supervising firm found in a period (YQ-3.6-4)."""

    period_start = models.DateField("报告期起")
    period_end = models.DateField("报告期止")
    text = models.TextField("监理意见")
    problems = models.TextField("发现的问题", blank=True)
    file = scan("监理报告")

    class Meta(StageRecord.Meta):
        verbose_name = verbose_name_plural = "监理报告"


class Subcontract(StageRecord, Firm):
    """分包: a firm that does part of the work, a contractor as far as independence goes (YQ-3.6-11)."""

    work = models.TextField("分包内容")
    amount = models.DecimalField("分包金额(元)", max_digits=16, decimal_places=2, null=True, blank=True)
    signed_on = models.DateField("分包合同签订日期")
    approved_by = models.CharField("同意分包的单位和人员", max_length=100)
    engagement = models.ForeignKey(
        SupervisionEngagement,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="subcontracts",
        verbose_name="监理委托",
    )
    independent = models.BooleanField("分包单位已声明与监理单位无控股、隶属关系", default=False)
    file = scan("分包合同")

    class Meta(StageRecord.Meta):
        verbose_name = verbose_name_plural = "分包"


class IndependenceDeclaration(StageRecord):
    """独立性声明: a contractor or supervisor declares that neither controls nor belongs to the other (YQ-3.6-11)."""

    ROLES = [(CONTRACTOR, CONTRACTOR), (SUPERVISOR, SUPERVISOR)]

    engagement = models.ForeignKey(
        SupervisionEngagement, models.PROTECT, editable=False, related_name="declarations", verbose_name="监理委托"
    )
    role = models.CharField("声明方", max_length=10, choices=ROLES)
    firm_name = models.CharField("单位名称", max_length=200)
    declared_on = models.DateField("声明日期")
    file = scan("声明书")

    class Meta(StageRecord.Meta):
        verbose_name = verbose_name_plural = "独立性声明"
