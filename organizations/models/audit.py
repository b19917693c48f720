"""Here: the append-only record of who did what. Not here: a project's ledger of moves (see projects)."""

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from .. import clock


class AppendOnlyError(Exception):
    """Somebody tried to change or remove what has been recorded."""

    def __init__(self) -> None:
        super().__init__("操作记录只增不改，不能修改或删除。")


class AuditQuerySet(models.QuerySet):
    def update(self, **fields):
        raise AppendOnlyError

    def delete(self):
        raise AppendOnlyError

    def bulk_update(self, *args, **kwargs):
        raise AppendOnlyError

    def bulk_create(self, objs, *, update_conflicts=False, **kwargs):
        if update_conflicts:
            raise AppendOnlyError
        return super().bulk_create(objs, **kwargs)


class AuditEvent(models.Model):
    """One thing somebody did; `actor_name` stays readable whatever becomes of the account."""

    at = models.DateTimeField("时间", default=clock.now, editable=False, db_index=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="操作人",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="audit_events",
    )
    actor_name = models.CharField("操作人姓名", max_length=150, blank=True)
    action = models.CharField("操作", max_length=64, db_index=True)
    target = models.CharField("对象", max_length=200, blank=True)
    project_id = models.BigIntegerField("项目编号", null=True, blank=True, db_index=True)
    detail = models.JSONField("详情", default=dict, blank=True, encoder=DjangoJSONEncoder)
    ip = models.GenericIPAddressField("IP 地址", null=True, blank=True)

    objects = AuditQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "操作记录"
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.actor_name} {self.action} {self.target}".strip()

    def save(self, *args, **kwargs) -> None:
        if not self._state.adding:
            raise AppendOnlyError
        super().save(*args, **kwargs | {"force_insert": True})

    def delete(self, *args, **kwargs):
        raise AppendOnlyError
