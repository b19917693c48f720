"""Here: 例外台账, the exceptions asked for and granted. Not here: which rules may be waived and by whom (packs)."""

from django.db import models
from django.db.models import F, Q


class Waiver(models.Model):
    """An exception from one rule for one project: reason and basis, requester ≠ decider. Shown with the project for good."""

    PENDING, GRANTED, DENIED = "待批", "同意", "不同意"
    DECISIONS = [(PENDING, PENDING), (GRANTED, GRANTED), (DENIED, DENIED)]

    project = models.ForeignKey("projects.Project", models.PROTECT, related_name="waivers", verbose_name="项目")
    rule = models.CharField("条款", max_length=40)
    reason = models.TextField("理由")
    basis = models.CharField("依据", max_length=500)
    document = models.ForeignKey("projects.Attachment", models.PROTECT, null=True, blank=True, verbose_name="依据文件")
    requested_by = models.ForeignKey("organizations.User", models.PROTECT, related_name="+", verbose_name="申请人")
    requested_on = models.DateField("申请日期")
    decision = models.CharField("决定", max_length=10, choices=DECISIONS, default=PENDING)
    decided_by = models.ForeignKey(
        "organizations.User", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="批准人"
    )
    decided_on = models.DateField("决定日期", null=True, blank=True)
    decision_note = models.CharField("批准意见", max_length=500, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "例外台账"
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("requested_by")), name="waiver_two_people"
            )
        ]
