"""Here: an evaluation from its start to its result. Not here: what is asked of them (packs)."""

from django.db import models

from organizations.credit_codes import CreditCodeField
from projects.models import Attachment, Line, StageRecord


class EvaluationStart(StageRecord):
    """启动绩效评价: finance opens it and names who takes part (YQ-3.8-1, YQ-3.8-2).

    `participants` holds the names of units as they were called on the day.
    """

    participants = models.JSONField("参加单位", default=list, blank=True)
    arrangement = models.TextField("评价安排", blank=True)

    class Meta(StageRecord.Meta):
        verbose_name = verbose_name_plural = "启动绩效评价"


class EvaluationOpinion(StageRecord):
    """参评意见: what a unit taking part has to say on a started evaluation (YQ-3.8-1)."""

    evaluation = models.ForeignKey(EvaluationStart, models.PROTECT, null=True, related_name="opinions", editable=False)
    unit = models.CharField("参评单位", max_length=100, editable=False)
    opinion = models.TextField("意见")

    class Meta(StageRecord.Meta):
        verbose_name = verbose_name_plural = "参评意见"


class EvaluationResult(StageRecord):
    """绩效结论: by experts or by a third party, with findings and a grade (YQ-3.8-3, YQ-3.8-4)."""

    EXPERTS, THIRD_PARTY = "专家", "第三方"
    METHODS = [(EXPERTS, EXPERTS), (THIRD_PARTY, THIRD_PARTY)]
    GRADES = [(grade, grade) for grade in ("优", "良", "中", "差")]

    evaluation = models.ForeignKey(EvaluationStart, models.PROTECT, null=True, related_name="results", editable=False)
    method = models.CharField("评价方式", max_length=10, choices=METHODS)
    firm_name = models.CharField("第三方机构名称", max_length=200, blank=True)
    firm_credit_code = CreditCodeField("第三方机构统一社会信用代码", null=True, blank=True)
    contract_number = models.CharField("委托合同编号", max_length=100, blank=True)
    contract_file = models.ForeignKey(
        Attachment, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="委托合同"
    )
    grade = models.CharField("评价等级", max_length=5, choices=GRADES)
    concluded_on = models.DateField("结论日期")
    opinion = models.TextField("评价结论")
    report_file = models.ForeignKey(
        Attachment, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="评价报告"
    )

    class Meta(StageRecord.Meta):
        verbose_name = verbose_name_plural = "绩效结论"


class EvaluationExpert(Line):
    """An expert who evaluated."""

    record = models.ForeignKey(EvaluationResult, models.CASCADE, related_name="experts")
    name = models.CharField("姓名", max_length=50)
    organization = models.CharField("单位", max_length=200, blank=True)

    class Meta(Line.Meta):
        verbose_name = verbose_name_plural = "评价专家"


class DimensionFinding(Line):
    """What was found in one dimension; three are always looked at, others may be added (YQ-3.8-4)."""

    EFFICIENCY, EFFECT, SHARING = "运行效率", "应用成效", "信息资源共享"
    MANDATORY = (EFFICIENCY, EFFECT, SHARING)

    record = models.ForeignKey(EvaluationResult, models.CASCADE, related_name="findings")
    dimension = models.CharField("评价维度", max_length=50)
    finding = models.TextField("评价情况")

    class Meta(Line.Meta):
        verbose_name = verbose_name_plural = "评价情况"
