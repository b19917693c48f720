"""Here: whether a project is technically complex, and its third-party test. Not here: who needs one (packs)."""

from django.db import models

from organizations.credit_codes import CreditCodeField
from projects.models import Attachment, Line, StageRecord


class ComplexityFinding(StageRecord):
    """技术复杂认定: the centre finds a project technically complex or not, with a reason (YQ-3.7-3, YQ-Q4)."""

    technically_complex = models.BooleanField("属于技术复杂", choices=[(True, "属于"), (False, "不属于")])
    reason = models.TextField("认定理由")

    class Meta(StageRecord.Meta):
        verbose_name = verbose_name_plural = "技术复杂认定"


class ThirdPartyTest(StageRecord):
    """第三方检测: institution, its certificate, the standards and the report (YQ-3.7-3 to YQ-3.7-6).

    The certificate and the report may be left blank here: what is missing is the clauses' to refuse.
    """

    __test__ = False
    PASSED, FAILED = "合格", "不合格"
    CONCLUSIONS = [(PASSED, PASSED), (FAILED, FAILED)]

    firm_name = models.CharField("检测机构名称", max_length=200)
    firm_credit_code = CreditCodeField("检测机构统一社会信用代码", null=True, blank=True)
    certificate_type = models.ForeignKey(
        "organizations.CertificateType", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="资质类型"
    )
    certificate_number = models.CharField("资质证号", max_length=100, blank=True)
    valid_from = models.DateField("资质有效期起", null=True, blank=True)
    valid_to = models.DateField("资质有效期止", null=True, blank=True)
    certificate_scan = models.ForeignKey(
        Attachment, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="资质证书扫描件"
    )
    tested_on = models.DateField("检测日期")
    report_number = models.CharField("检测报告编号", max_length=100, blank=True)
    reported_on = models.DateField("检测报告日期", null=True, blank=True)
    conclusion = models.CharField("检测结论", max_length=10, choices=CONCLUSIONS, blank=True)
    report_file = models.ForeignKey(
        Attachment, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="检测报告"
    )

    class Meta(StageRecord.Meta):
        verbose_name = verbose_name_plural = "第三方检测"


class TestStandard(Line):
    """A standard that the test went by (YQ-3.7-5)."""

    __test__ = False
    NATIONAL, INDUSTRY = "国家", "行业"
    LEVELS = [(level, level) for level in (NATIONAL, INDUSTRY, "地方", "企业")]

    record = models.ForeignKey(ThirdPartyTest, models.CASCADE, related_name="standards")
    number = models.CharField("标准编号", max_length=60)
    name = models.CharField("标准名称", max_length=200)
    level = models.CharField("标准级别", max_length=10, choices=LEVELS)

    class Meta(Line.Meta):
        verbose_name = verbose_name_plural = "检测依据标准"
