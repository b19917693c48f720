"""Here: the volumes that were made, with the hashes that prove them. Not here: making them (making.py)."""

import secrets

from django.db import models


def random_name(volume, filename: str) -> str:
    """A name nobody can guess."""
    return f"volumes/{secrets.token_hex(2)}/{secrets.token_hex(16)}.zip"


class Volume(models.Model):
    """One archive of a project as it stood: the package with everything in it, and what proves it. Never changed.

    `manifest_sha256` is of the manifest inside the package, which lists every other file with its hash; it is noted in
    the audit log too. `ledger_head` says up to where the project's moves are in it.
    """

    project = models.ForeignKey("projects.Project", models.PROTECT, related_name="volumes", verbose_name="项目")
    number = models.PositiveSmallIntegerField("第几卷")
    made_by = models.ForeignKey("organizations.User", models.PROTECT, related_name="+", verbose_name="成册人")
    made_at = models.DateTimeField("成册时间")
    ledger_length = models.PositiveIntegerField("台账步数")
    ledger_head = models.CharField("台账头", max_length=80, blank=True)
    pages = models.PositiveIntegerField("页数")
    files = models.PositiveIntegerField("文件数")
    missing = models.PositiveIntegerField("缺件")
    package = models.FileField("档案包", upload_to=random_name, max_length=200)
    size = models.PositiveBigIntegerField("大小(字节)")
    sha256 = models.CharField("档案包 SHA-256", max_length=64)
    manifest_sha256 = models.CharField("清单 SHA-256", max_length=64)

    class Meta:
        app_label = "reports"
        verbose_name = verbose_name_plural = "档案卷"
        ordering = ["-number"]
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["project", "number"], name="volume_numbered_once")]

    def __str__(self) -> str:
        return f"{self.project_id} 第{self.number}卷"

    def save(self, *args, **kwargs) -> None:
        """Insert only; a second save raises TypeError."""
        if not self._state.adding:
            raise TypeError("a volume is never changed")
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        """Refused."""
        raise TypeError("a volume is kept")
