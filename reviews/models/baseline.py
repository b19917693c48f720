"""Here: the approved items of a project, version by version, never changed. Not here: who sets a version (reviews/baseline.py)."""

from django.db import models

from projects.models import Line
from reviews.models.review import ItemColumns


class BaselineLocked(TypeError):
    """Someone tried to change a baseline; a new version takes its place instead."""


class InsertOnly(models.Model):
    """Rows that are written once."""

    class Meta:
        abstract = True

    def save(self, *args, **kwargs) -> None:
        """Insert only; a second save raises BaselineLocked."""
        if not self._state.adding:
            raise BaselineLocked("a baseline is never changed; set a new version")
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        """Refused."""
        raise BaselineLocked("a baseline is never deleted")


class Baseline(InsertOnly):
    """核准内容 in force from a day on: where it comes from and its version (YQ-3.4-10, YQ-3.4-13)."""

    project = models.ForeignKey("projects.Project", models.PROTECT, related_name="baselines", verbose_name="项目")
    version = models.PositiveSmallIntegerField("版本")
    source = models.CharField("来源", max_length=100)
    set_on = models.DateField("生效日期")

    class Meta:
        verbose_name = verbose_name_plural = "核准内容"
        ordering = ["-version"]
        constraints = [models.UniqueConstraint(fields=["project", "version"], name="baseline_version_once")]

    def __str__(self) -> str:
        return f"{self.project_id} v{self.version} {self.source}"


class ApprovedItem(InsertOnly, ItemColumns, Line):
    """One approved item of a baseline."""

    baseline = models.ForeignKey(Baseline, models.PROTECT, related_name="items")

    class Meta(Line.Meta):
        verbose_name = verbose_name_plural = "核准的采购内容"

    def __str__(self) -> str:
        return self.name
