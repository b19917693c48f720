"""Here: reports that an office owes by itself, as rows. Not here: those a project owes (they are clocks), opening them."""

from datetime import date

from django.db import models
from django.db.models import Q


class OfficeReport(models.Model):
    """A recurring report of an office of a jurisdiction about one period; `due_on` None: the text names no day.

    `to` are the roles that get it. Done when the office says so, with a reference to the paper.
    """

    jurisdiction = models.ForeignKey("organizations.Jurisdiction", models.PROTECT, related_name="+", verbose_name="地区")
    code = models.CharField("报告", max_length=60)
    rule = models.CharField("条款", max_length=40)
    label = models.CharField("名称", max_length=100)
    who = models.CharField("报告单位", max_length=20)
    to = models.JSONField("报送对象", default=list)
    period = models.CharField("期间代码", max_length=10)
    period_label = models.CharField("期间", max_length=20)
    opened_on = models.DateField("开出日")
    due_on = models.DateField("到期日", null=True)
    provisional = models.BooleanField("暂按周末推算", default=False)
    done_on = models.DateField("报送日", null=True)
    done_by = models.ForeignKey("organizations.User", models.PROTECT, null=True, related_name="+", verbose_name="登记人")
    reference = models.CharField("文号或说明", max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "定期报告"
        ordering = ["-opened_on", "id"]
        constraints = [
            models.UniqueConstraint(fields=["jurisdiction", "code", "who", "period"], name="office_report_once"),
            models.CheckConstraint(
                condition=Q(done_on=None, done_by=None) | Q(done_on__isnull=False, done_by__isnull=False),
                name="office_report_done_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.label}({self.period_label})"

    def late_on(self, day: date) -> bool:
        """Not reported although the last day has passed."""
        return self.done_on is None and self.due_on is not None and self.due_on < day
