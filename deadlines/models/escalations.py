"""Here: lateness that was taken to a superior office, as rows. Not here: when it is (deadlines.escalation)."""

from django.db import models
from django.db.models import Q


class Escalation(models.Model):
    """That a clock past its last day (`due`) was taken to the office `to`, once. `cleared_on`: it is late no longer.

    What the superior did about it (`note`) ends the superior's duty, not the lateness.
    """

    deadline = models.ForeignKey("deadlines.Deadline", models.CASCADE, related_name="escalations", verbose_name="时限")
    due = models.DateField("已过的到期日")
    to = models.CharField("督办单位", max_length=20)
    rule = models.CharField("条款", max_length=40, blank=True)
    made_on = models.DateField("提请督办日", db_index=True)
    cleared_on = models.DateField("解除日", null=True)
    handled_on = models.DateField("督办日", null=True)
    handled_by = models.ForeignKey(
        "organizations.User", models.PROTECT, null=True, related_name="+", verbose_name="督办人"
    )
    note = models.CharField("督办意见", max_length=500, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "督办"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["deadline", "due"], name="escalated_once"),
            models.CheckConstraint(
                condition=Q(handled_on=None, handled_by=None) | Q(handled_on__isnull=False, handled_by__isnull=False),
                name="escalation_handled_by_somebody",
            ),
        ]
        indexes = [models.Index(fields=["cleared_on", "deadline"], name="escalation_open")]
