"""Here: the order of a year's plan and its locks. Not here: what the order leads to (budget/plan.py)."""

from django.db import models


class PlanPosition(models.Model):
    """Where finance put a project in the order of a year; without one it follows by priority (YQ-3.3-1)."""

    project = models.ForeignKey("projects.Project", models.CASCADE, related_name="+", verbose_name="项目")
    year = models.PositiveSmallIntegerField("年度")
    position = models.PositiveIntegerField("次序")

    class Meta:
        verbose_name = verbose_name_plural = "年度计划次序"
        constraints = [models.UniqueConstraint(fields=["project", "year"], name="plan_position_once")]


class PlanLock(models.Model):
    """A year's plan was locked, or unlocked with a reason; the newest row counts, older ones stay."""

    jurisdiction = models.ForeignKey("organizations.Jurisdiction", models.PROTECT, verbose_name="辖区")
    year = models.PositiveSmallIntegerField("年度")
    locked = models.BooleanField("锁定")
    reason = models.CharField("说明", max_length=500, blank=True)
    made_by = models.ForeignKey("organizations.User", models.PROTECT, related_name="+", verbose_name="办理人")
    made_at = models.DateTimeField("办理时间")
    made_on = models.DateField("办理日期")

    class Meta:
        verbose_name = verbose_name_plural = "年度计划锁定"
        ordering = ["-id"]
        indexes = [models.Index(fields=["jurisdiction", "year", "-id"], name="plan_lock_newest")]
