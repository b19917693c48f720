"""Here: what somebody typed into a draft that the filing cannot take yet. Not here: saving it (projects/drafts.py)."""

from django.db import models


class FilingDraft(models.Model):
    """Typed text of a draft beside the filing itself, so that nothing typed is lost.

    `typed` maps a field of the filing to what was typed: a list of strings, or of rows for a table. `sections` notes of
    each section how often it was saved, when, by whom, and from which open page.
    """

    project = models.OneToOneField("projects.Project", models.CASCADE, related_name="typed_draft", verbose_name="项目")
    typed = models.JSONField("尚未读懂的内容", default=dict, blank=True)
    sections = models.JSONField("各部分的保存情况", default=dict, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "填报中的内容"

    def __str__(self) -> str:
        return f"{self.project_id}: {', '.join(self.typed) or '—'}"
