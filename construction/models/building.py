"""Here: who answers for the project, how far it is, when it was finished. Not here: firms (firms.py), changes (changes.py)."""

from django.core.validators import MaxValueValidator
from django.db import models

from projects.models import Line, StageRecord
from projects.models.material import Attachment


class Responsibility(StageRecord):
    """项目管理责任制: the project's responsible person, with the duties shared out among named people (YQ-3.6-1)."""

    leader = models.CharField("项目负责人", max_length=50)
    post = models.CharField("职务", max_length=50)
    phone = models.CharField("联系电话", max_length=30)
    since = models.DateField("任职日期")

    class Meta(StageRecord.Meta):
        verbose_name = verbose_name_plural = "项目管理责任制"


class Duty(Line):
    """One duty, such as 技术, 资金 or 安全, and who carries it from when."""

    record = models.ForeignKey(Responsibility, models.CASCADE, related_name="duties")
    name = models.CharField("职责", max_length=50)
    person = models.CharField("责任人", max_length=50)
    since = models.DateField("起始日期")

    class Meta(Line.Meta):
        verbose_name = verbose_name_plural = "责任分工"


class ProgressReport(StageRecord):
    """进度报告: what was done in a period, how far the project is, what stands in the way."""

    period_start = models.DateField("报告期起")
    period_end = models.DateField("报告期止")
    percent = models.PositiveSmallIntegerField("累计完成(%)", validators=[MaxValueValidator(100)])
    text = models.TextField("进展情况")
    problems = models.TextField("存在问题", blank=True)

    class Meta(StageRecord.Meta):
        verbose_name = verbose_name_plural = "进度报告"


class Completion(StageRecord):
    """竣工: the day the work was finished, with the papers that show it (YQ-3.7-1)."""

    completed_on = models.DateField("竣工日期")
    material = models.ForeignKey(Attachment, models.PROTECT, related_name="+", verbose_name="竣工材料")
    remark = models.TextField("说明", blank=True)

    class Meta(StageRecord.Meta):
        verbose_name = verbose_name_plural = "竣工"
