"""Here: 预审意见 with its checklist and the batch as it stood. Not here: the review of the technical scheme (scheme.py)."""

from django.db import models

from projects.models import Line
from reviews.criteria import CONCLUSIONS, ITEMS
from reviews.models.rounds import FilingRecord


class ChecklistLine(Line):
    """The conclusion on one sub-item. `basis` names the plan or the standards relied on; a blank conclusion is an answer due."""

    item = models.CharField("审核项", max_length=2, choices=list(ITEMS.items()))
    conclusion = models.CharField("结论", max_length=4, choices=CONCLUSIONS, blank=True)
    basis = models.CharField("依据的规划或标准", max_length=300, blank=True)
    remark = models.CharField("说明", max_length=500, blank=True)

    class Meta(Line.Meta):
        abstract = True


class PreliminaryOpinion(FilingRecord):
    """预审意见 on one filing; the checklist and the batch totals are frozen with it (YQ-3.2-2, YQ-3.2-3, YQ-1.2-12)."""

    AGREE, DISAGREE, RETURN = "同意", "不同意", "退回补正"
    OPINIONS = [(AGREE, AGREE), (DISAGREE, DISAGREE), (RETURN, RETURN)]

    opinion = models.CharField("预审结论", max_length=10, choices=OPINIONS)
    text = models.TextField("预审意见")
    signer = models.CharField("签发人", max_length=50)
    signed_on = models.DateField("签发日期")
    reason_despite = models.TextField("有不符合项仍同意的理由", blank=True)
    results_read = models.BooleanField("已参阅本单位以往绩效评价结果", default=False)
    batch_projects = models.PositiveIntegerField("同批申报项目数", editable=False)
    batch_total = models.DecimalField("同批申报总额(元)", max_digits=16, decimal_places=2, editable=False)
    batch_candidates = models.PositiveIntegerField("同批疑似重复对数", editable=False)

    class Meta(FilingRecord.Meta):
        verbose_name = verbose_name_plural = "预审意见"


class PreliminaryLine(ChecklistLine):
    """A line of the review before the budget."""

    record = models.ForeignKey(PreliminaryOpinion, models.CASCADE, related_name="checklist")

    class Meta(ChecklistLine.Meta):
        verbose_name = verbose_name_plural = "预审清单"
