"""Here: files and the slots of documents a project hands in. Not here: which slots (packs), what a file may be (uploads.py)."""

import secrets
from pathlib import PurePath

from django.db import models


def random_name(attachment, filename: str) -> str:
    """A name nobody can guess; the original name is kept beside it."""
    return f"attachments/{secrets.token_hex(2)}/{secrets.token_hex(16)}{PurePath(filename).suffix.lower()[:8]}"


class Attachment(models.Model):
    """A stored file: random name on disk, checked content type, size in bytes, SHA-256."""

    project = models.ForeignKey("projects.Project", models.PROTECT, related_name="attachments", verbose_name="项目")
    file = models.FileField("文件", upload_to=random_name, max_length=200)
    name = models.CharField("文件名", max_length=200)
    content_type = models.CharField("类型", max_length=100)
    size = models.PositiveBigIntegerField("大小(字节)")
    sha256 = models.CharField("SHA-256", max_length=64)
    uploaded_by = models.ForeignKey("organizations.User", models.PROTECT, related_name="+", verbose_name="上传人")
    uploaded_at = models.DateTimeField("上传时间")

    class Meta:
        verbose_name = verbose_name_plural = "附件"

    def __str__(self) -> str:
        return self.name


class Material(models.Model):
    """One answer to a slot of the pack: a draft, a final document, or 'there is none' (YQ-3.1-14). Versions count up."""

    DRAFT, FINAL, NONE = "草稿", "定稿", "无此件"
    STATUSES = [(DRAFT, DRAFT), (FINAL, FINAL), (NONE, NONE)]
    MISSING = "未提交"

    project = models.ForeignKey("projects.Project", models.PROTECT, related_name="materials", verbose_name="项目")
    code = models.CharField("材料", max_length=60)
    version = models.PositiveSmallIntegerField("版本")
    status = models.CharField("状态", max_length=10, choices=STATUSES)
    attachment = models.ForeignKey(Attachment, models.PROTECT, null=True, blank=True, verbose_name="附件")
    note = models.CharField("说明", max_length=500, blank=True)
    recorded_by = models.ForeignKey("organizations.User", models.PROTECT, related_name="+", verbose_name="提交人")
    recorded_at = models.DateTimeField("提交时间")

    class Meta:
        verbose_name = verbose_name_plural = "材料"
        ordering = ["code", "-version"]
        constraints = [models.UniqueConstraint(fields=["project", "code", "version"], name="material_version_once")]

    def __str__(self) -> str:
        return f"{self.code} v{self.version} {self.status}"
