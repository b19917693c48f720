"""Here: when, where and with whom a project is accepted, and who supervised it. Not here: the conclusion (outcome.py)."""

from django.db import models

from projects.models import Line, StageRecord


class AcceptancePlan(StageRecord):
    """验收安排: date, place, panel; the governing office and the departments named are told (YQ-3.7-8).

    `departments` holds the names of units as they were called on the day.
    """

    planned_on = models.DateField("验收日期")
    place = models.CharField("验收地点", max_length=200)
    departments = models.JSONField("邀请监督的部门", default=list, blank=True)
    remark = models.TextField("说明", blank=True)

    class Meta(StageRecord.Meta):
        verbose_name = verbose_name_plural = "验收安排"


class PanelMember(Line):
    """验收组成员: whoever is listed signs every change (YQ-3.4-17, YQ-Q14)."""

    record = models.ForeignKey(AcceptancePlan, models.CASCADE, related_name="panel")
    name = models.CharField("姓名", max_length=50)
    organization = models.CharField("单位", max_length=200)
    role = models.CharField("组内职责", max_length=50, blank=True)

    class Meta(Line.Meta):
        verbose_name = verbose_name_plural = "验收组名单"

    def __str__(self) -> str:
        return self.name


class AcceptanceSupervision(StageRecord):
    """监督记录: the governing office with other departments watches an acceptance (YQ-3.7-7)."""

    plan = models.ForeignKey(AcceptancePlan, models.PROTECT, null=True, related_name="supervisions", editable=False)
    supervised_on = models.DateField("监督日期")
    remark = models.TextField("监督意见", blank=True)

    class Meta(StageRecord.Meta):
        verbose_name = verbose_name_plural = "验收监督记录"


class SupervisionAttendee(Line):
    """A department that attended, and its person."""

    record = models.ForeignKey(AcceptanceSupervision, models.CASCADE, related_name="attendees")
    department = models.CharField("参加部门", max_length=200)
    person = models.CharField("参加人员", max_length=100)

    class Meta(Line.Meta):
        verbose_name = verbose_name_plural = "监督参加人员"
