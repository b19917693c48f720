"""Here: what a unit handed in, kept word for word at every submission. Not here: reading it out of the draft (versions.py)."""

import json

from django.db import models

from policies.digest import chain_digest
from projects.models.passage import AppendOnlyError


class FilingVersion(models.Model):
    """The filing as it was submitted: fields, lines and documents as JSON, sealed by SHA-256. Never changed or deleted.

    `passage` is the number of the submission in the ledger, `number` counts the submissions of the project from 1.
    """

    project = models.ForeignKey("projects.Project", models.PROTECT, related_name="versions", verbose_name="项目")
    number = models.PositiveSmallIntegerField("第几次报送")
    passage = models.PositiveIntegerField("办理序号")
    made_at = models.DateTimeField("报送时间")
    made_by = models.ForeignKey("organizations.User", models.PROTECT, related_name="+", verbose_name="报送人")
    content = models.JSONField("报送内容")
    sha256 = models.CharField("SHA-256", max_length=64)

    class Meta:
        verbose_name = verbose_name_plural = "申报版本"
        ordering = ["project_id", "number"]
        constraints = [models.UniqueConstraint(fields=["project", "number"], name="filing_version_once")]

    def __str__(self) -> str:
        return f"第{self.number}次报送"

    def save(self, *args, **kwargs) -> None:
        """Insert only; a second save raises AppendOnlyError."""
        if not self._state.adding:
            raise AppendOnlyError("a submitted version is never changed")
        self.sha256 = self.computed_hash()
        super().save(*args, **kwargs | {"force_insert": True})

    def delete(self, *args, **kwargs):
        """Refused."""
        raise AppendOnlyError("a submitted version is never deleted")

    @property
    def intact(self) -> bool:
        """Whether the content is still what was sealed."""
        return self.computed_hash() == self.sha256

    def computed_hash(self) -> str:
        """The SHA-256 this version should carry."""
        text = json.dumps(self.content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return chain_digest("sha256", text)
