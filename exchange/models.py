"""Here: the table of imports: what was uploaded, what was found wrong, what was written. Not here: checking, writing."""

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone


class ImportRun(models.Model):
    """One workbook that somebody wants to bring in. It is checked when uploaded and written once, when confirmed.

    `rows` are the cells as they were read, each row as [number in the file, {header: text}]; `errors` name row, header and
    words; `said` tells of each row what will be written, or was. The file itself is not kept.
    """

    CHECKING, CHECKED, WRITING, WRITTEN = "checking", "checked", "writing", "written"
    STATUSES = [(CHECKING, "正在检查"), (CHECKED, "已检查,未写入"), (WRITING, "正在写入"), (WRITTEN, "已写入")]
    QUICK = 200  # rows that are checked or written while the page is waited for; more go to the background
    ALL, EACH = "all", "each"
    MODES = [(ALL, "全部无误才写入"), (EACH, "逐行写入,有错的行跳过")]

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField("种类", max_length=40)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="导入人")
    project = models.ForeignKey(
        "projects.Project", models.CASCADE, null=True, blank=True, related_name="+", verbose_name="项目"
    )
    filename = models.CharField("文件名", max_length=200)
    sha256 = models.CharField("SHA-256", max_length=64)
    mode = models.CharField("写入方式", max_length=4, choices=MODES, default=ALL)
    status = models.CharField("状态", max_length=8, choices=STATUSES, default=CHECKING)
    headers = models.JSONField("列", default=list)
    rows = models.JSONField("内容", default=list)
    errors = models.JSONField("错误", default=list)
    said = models.JSONField("写入的内容", default=list)
    uploaded_at = models.DateTimeField("上传时间", default=timezone.now)
    written_at = models.DateTimeField("写入时间", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "导入"
        ordering = ["-uploaded_at"]
        indexes = [models.Index(fields=["actor", "-uploaded_at"], name="import_mine")]

    def __str__(self) -> str:
        return self.filename

    @property
    def long(self) -> bool:
        """Whether nobody should wait for it in front of the page."""
        return len(self.rows) > self.QUICK

    @property
    def busy(self) -> bool:
        """Whether it is being worked on now."""
        return self.status in (self.CHECKING, self.WRITING)

    @property
    def wrong(self) -> int:
        """How many rows have an error."""
        return len({error["row"] for error in self.errors})

    @property
    def good(self) -> int:
        """How many rows can be written."""
        return len(self.rows) - self.wrong

    @property
    def may_write(self) -> bool:
        """Whether confirming would write anything."""
        return self.status == self.CHECKED and self.good > 0 and (self.mode == self.EACH or not self.errors)
