"""Here: the report on changes and the panel's signatures under it. Not here: requesting or approving changes."""

from django.db import models

from acceptance.models.arrangement import PanelMember
from projects.models import Attachment, Line, StageRecord


class ChangeReport(StageRecord):
    """变更情况报告: every approved change as the system knows it, and what the unit declares besides (YQ-3.4-16).

    Approved entries are written by the system and cannot be left out; `no_changes` follows from there being none.
    """

    confirmed = models.BooleanField("确认如实报告全部变更", default=False)
    no_changes = models.BooleanField("无变更", default=False, editable=False)
    remark = models.TextField("说明", blank=True)

    class Meta(StageRecord.Meta):
        verbose_name = verbose_name_plural = "变更情况报告"


class ReportedChange(Line):
    """One change in a report. `reference` names the change request of an approved or refused one, else it is blank."""

    APPROVED, DECLARED, REFUSED = "已批准", "未经批准(自行申明)", "未获批准(仅供参阅)"
    KINDS = [(kind, kind) for kind in (APPROVED, DECLARED, REFUSED)]
    BINDING = (APPROVED, DECLARED)

    record = models.ForeignKey(ChangeReport, models.CASCADE, related_name="changes")
    kind = models.CharField("性质", max_length=20, choices=KINDS)
    reference = models.CharField("变更编号", max_length=40, blank=True)
    title = models.CharField("变更内容", max_length=500)
    changed_on = models.DateField("日期", null=True, blank=True)
    reason = models.TextField("变更原因", blank=True)

    class Meta(Line.Meta):
        verbose_name = verbose_name_plural = "变更事项"

    def __str__(self) -> str:
        return self.title

    @property
    def key(self) -> tuple[str, str, str]:
        """What makes it the same change in a later report."""
        return (self.kind, self.reference, "" if self.reference else self.title)

    @property
    def number(self) -> int:
        """Its number in the report, from 1."""
        return self.position + 1


class ChangeRecognition(StageRecord):
    """变更认可: members of the panel sign for the changes, one by one (YQ-3.4-17)."""

    sheet = models.ForeignKey(Attachment, models.PROTECT, related_name="+", verbose_name="签字单")
    remark = models.TextField("说明", blank=True)

    class Meta(StageRecord.Meta):
        verbose_name = verbose_name_plural = "变更认可签字"


class RecognitionSignature(Line):
    """One member's word on one change; the newest counts."""

    AGREED, REFUSED = "认可", "不认可"
    DECISIONS = [(AGREED, AGREED), (REFUSED, REFUSED)]

    record = models.ForeignKey(ChangeRecognition, models.CASCADE, related_name="signatures")
    change = models.ForeignKey(ReportedChange, models.PROTECT, related_name="signatures", verbose_name="变更事项")
    member = models.ForeignKey(PanelMember, models.PROTECT, related_name="signatures", verbose_name="验收组成员")
    decision = models.CharField("意见", max_length=10, choices=DECISIONS)
    remark = models.CharField("说明", max_length=500, blank=True)

    class Meta(Line.Meta):
        verbose_name = verbose_name_plural = "变更认可签字"
