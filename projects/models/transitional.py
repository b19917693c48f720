"""Here: what was decided about a running project when a new instrument came. Not here: deciding (projects.transitional)."""

from django.db import models


class TransitionalDecision(models.Model):
    """老项目老办法 or 新办法: under which instrument a running project goes on, why, on what basis. The newest one counts."""

    STAYS, CHANGES = "老办法", "新办法"
    CHOICES = [(STAYS, "老项目老办法(仍按原文件)"), (CHANGES, "改按新文件")]

    project = models.ForeignKey(
        "projects.Project", models.PROTECT, related_name="transitional_decisions", verbose_name="项目"
    )
    from_pack = models.CharField("原适用文件", max_length=40)
    to_pack = models.CharField("新文件", max_length=40)
    choice = models.CharField("适用", max_length=10, choices=CHOICES)
    basis = models.CharField("依据", max_length=500)
    reason = models.TextField("理由")
    decided_by = models.ForeignKey("organizations.User", models.PROTECT, related_name="+", verbose_name="决定人")
    decided_on = models.DateField("决定日期")

    class Meta:
        verbose_name = verbose_name_plural = "新旧文件适用决定"
        ordering = ["-id"]
