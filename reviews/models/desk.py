"""Here: what the review desk keeps: phrases of the office, handlings of many projects. Not here: opinions (opinion.py)."""

from django.db import models


class OpinionPhrase(models.Model):
    """A polite sentence that an office likes to use in opinions under one clause; ended, it is offered no more."""

    jurisdiction = models.ForeignKey("organizations.Jurisdiction", models.PROTECT, verbose_name="辖区")
    clause = models.CharField("条款", max_length=40)
    text = models.CharField("用语", max_length=200)
    added_by = models.ForeignKey("organizations.User", models.PROTECT, related_name="+", verbose_name="登记人")
    added_on = models.DateField("登记日期")
    ended_on = models.DateField("停用日期", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "审核用语"
        ordering = ["clause", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["jurisdiction", "clause", "text"], condition=models.Q(ended_on=None), name="phrase_offered_once"
            )
        ]

    def __str__(self) -> str:
        return self.text


class BulkHandling(models.Model):
    """One handling of many projects by one person: what became of every row. `key` comes with the form and is used once."""

    key = models.UUIDField("表单编号", unique=True)
    user = models.ForeignKey("organizations.User", models.PROTECT, related_name="+", verbose_name="办理人")
    label = models.CharField("办理事项", max_length=100)
    made_at = models.DateTimeField("时间")
    rows = models.JSONField("逐件结果", default=list)
    not_found = models.PositiveIntegerField("未找到的件数", default=0)
    finished = models.BooleanField("已办完", default=False)

    class Meta:
        verbose_name = verbose_name_plural = "批量办理"
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.label} {self.made_at:%Y-%m-%d %H:%M}"
