"""Here: standing flags, visible until they clear. Not here: deciding whether one stands (policies, standing.py)."""

from django.db import models
from django.db.models import Q


class ProjectFlag(models.Model):
    """提示: a rule that does not block but stays on the project page and the supervision list until it clears."""

    project = models.ForeignKey("projects.Project", models.CASCADE, related_name="flags", verbose_name="项目")
    rule = models.CharField("条款", max_length=40)
    reason = models.TextField("内容")
    since = models.DateField("出现日期")
    cleared_on = models.DateField("消除日期", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "提示"
        constraints = [
            models.UniqueConstraint(fields=["project", "rule"], condition=Q(cleared_on=None), name="flag_stands_once")
        ]
