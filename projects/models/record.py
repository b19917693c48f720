"""Here: what all evidence has in common. Not here: any stage's own fields (the rooms)."""

from django.db import models


class EvidenceLocked(TypeError):
    """Evidence was to be written where its stage is not open, or an existing record was to be changed."""


class StageRecord(models.Model):
    """Evidence of one stage. Records are never changed: a new one takes the place of the old, or the old is voided.

    Written through `projects.evidence.record` only; `save()` refuses where the stage is not open any more.
    """

    project = models.ForeignKey("projects.Project", models.PROTECT, related_name="+", verbose_name="项目")
    recorded_by = models.ForeignKey("organizations.User", models.PROTECT, related_name="+", verbose_name="登记人")
    recorded_role = models.CharField("登记身份", max_length=20)
    recorded_at = models.DateTimeField("登记时间")
    recorded_on = models.DateField("登记日期")
    voided_at = models.DateTimeField("作废时间", null=True, blank=True, editable=False)
    void_reason = models.CharField("作废原因", max_length=500, blank=True, editable=False)

    class Meta:
        abstract = True
        ordering = ["-id"]

    def save(self, *args, **kwargs) -> None:
        """Insert while the stage is open, else EvidenceLocked. Voiding goes through `projects.evidence.void`."""
        from projects.evidence import type_of

        if not self._state.adding:
            raise EvidenceLocked("a record is never changed; record a new one")
        kind = type_of(self)
        if not kind.is_open(self.project):
            raise EvidenceLocked(f"{kind.label} is not open while the project is {self.project.state}")
        super().save(*args, **kwargs)


class Line(models.Model):
    """A line of a table that belongs to a record, in the order it was entered. The child names its record `record`."""

    position = models.PositiveSmallIntegerField("序号", default=0, editable=False)

    class Meta:
        abstract = True
        ordering = ["position", "id"]
