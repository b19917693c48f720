"""Here: 明细预算, what is asked and what is left after review. Not here: signatures and approval (approval.py)."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from projects.models import EstimateLine, FundingLine, Line, StageRecord


class BudgetSheet(StageRecord):
    """One version of a project's 明细预算. A later version takes its place and voids both signatures (YQ-3.3-2).

    The unit asks (申报数), finance reviews (审核数) and spreads the reviewed total over years and sources (YQ-3.3-3, -5).
    `reviewed_total` is None until every line is reviewed. All amounts in 元.
    """

    PRIORITIES = [("急需", "急需"), ("重要", "重要"), ("一般", "一般")]

    version = models.PositiveSmallIntegerField("版本", editable=False)
    priority = models.CharField("优先级", max_length=10, choices=PRIORITIES)
    priority_reason = models.CharField("轻重缓急说明", max_length=500, blank=True)
    results_read = models.BooleanField("已参阅绩效评价结果", default=False)
    asked_total = models.DecimalField("申报数合计(元)", max_digits=16, decimal_places=2, editable=False)
    reviewed_total = models.DecimalField("审核数合计(元)", max_digits=16, decimal_places=2, null=True, editable=False)

    class Meta(StageRecord.Meta):
        verbose_name = verbose_name_plural = "明细预算"
        constraints = [models.UniqueConstraint(fields=["project", "version"], name="budget_sheet_version_once")]

    def __str__(self) -> str:
        return f"明细预算第{self.version}版"


class BudgetLine(Line):
    """A line: asked, reviewed, why it was cut. A supervision fee also says what it was set by (YQ-3.6-7)."""

    DESIGN, SUPERVISION, OPERATIONS = "设计费用", "监理费用", "运维服务"

    record = models.ForeignKey(BudgetSheet, models.CASCADE, related_name="lines", verbose_name="明细预算")
    name = models.CharField("名称", max_length=200)
    type = models.CharField("类型", max_length=20, choices=EstimateLine.TYPES)
    asked = models.DecimalField("申报数(元)", max_digits=16, decimal_places=2)
    reviewed = models.DecimalField("审核数(元)", max_digits=16, decimal_places=2, null=True, blank=True)
    cut_reason = models.CharField("核减理由", max_length=500, blank=True)
    cost_basis = models.DecimalField("项目造价(元)", max_digits=16, decimal_places=2, null=True, blank=True)
    complexity = models.CharField("复杂程度", max_length=200, blank=True)
    note = models.CharField("说明", max_length=500, blank=True)

    class Meta(Line.Meta):
        verbose_name = verbose_name_plural = "预算明细"


class Allocation(Line):
    """How much of the reviewed total is arranged in which fiscal year and from which source, in 元 (YQ-3.3-5)."""

    CITY = "本级财政"

    record = models.ForeignKey(BudgetSheet, models.CASCADE, related_name="allocations", verbose_name="明细预算")
    year = models.PositiveSmallIntegerField("年度", validators=[MinValueValidator(2000), MaxValueValidator(2100)])
    source = models.CharField("资金来源", max_length=20, choices=FundingLine.SOURCES)
    amount = models.DecimalField("安排金额(元)", max_digits=16, decimal_places=2)

    class Meta(Line.Meta):
        verbose_name = verbose_name_plural = "资金安排"
