"""Here: the ledger's heads as they stood on a day, written down for keeping elsewhere. Not here: making one (anchors.py)."""

import secrets

from django.db import models

from projects.models.passage import AppendOnlyError


def random_name(anchor, filename: str) -> str:
    """A name nobody can guess."""
    return f"anchors/{secrets.token_hex(16)}.json"


class LedgerAnchor(models.Model):
    """The head of every project's chain on one day under one root hash, which also seals the root of the anchor before.

    The file holds them all; `sha256` is of the file. An anchor is made once and never changed.
    """

    on = models.DateField("日期", unique=True)
    made_at = models.DateTimeField("生成时间")
    ledgers = models.PositiveIntegerField("台账数")
    passages = models.PositiveBigIntegerField("办理步数")
    algorithm = models.CharField("算法", max_length=10)
    previous_root = models.CharField("上一期根哈希", max_length=80, blank=True)
    root = models.CharField("根哈希", max_length=80)
    file = models.FileField("文件", upload_to=random_name, max_length=200)
    sha256 = models.CharField("SHA-256", max_length=64)

    class Meta:
        verbose_name = verbose_name_plural = "台账锚定页"
        ordering = ["-on"]

    def __str__(self) -> str:
        return f"{self.on} {self.root}"

    def save(self, *args, **kwargs) -> None:
        """Insert only; a second save raises AppendOnlyError."""
        if not self._state.adding:
            raise AppendOnlyError("an anchor is never changed")
        super().save(*args, **kwargs | {"force_insert": True})

    def delete(self, *args, **kwargs):
        """Refused."""
        raise AppendOnlyError("an anchor is kept")
