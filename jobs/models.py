"""Here: the table of jobs, which is the truth about them. Not here: asking (start), doing (running), mending (sweep)."""

import secrets
import uuid

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils import timezone

from jobs.registry import label


def random_name() -> str:
    """A name nobody can guess, for the result on disk."""
    return secrets.token_hex(16)


class Job(models.Model):
    """One piece of work. Moments are real ones, whatever day it is in the house: leases are about machines.

    `attempts` counts runs and is the token of the present one: a run writes only while it is still the newest.
    """

    QUEUED, RUNNING, DONE, FAILED, CANCELLED = "queued", "running", "done", "failed", "cancelled"
    STATUSES = [(QUEUED, "排队中"), (RUNNING, "进行中"), (DONE, "已完成"), (FAILED, "未完成"), (CANCELLED, "已取消")]
    UNFINISHED = (QUEUED, RUNNING)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField("种类", max_length=60)
    title = models.CharField("名称", max_length=200)
    key = models.CharField("唯一键", max_length=200, unique=True)
    arguments = models.JSONField("参数", default=dict, blank=True, encoder=DjangoJSONEncoder)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="发起人"
    )
    jurisdiction = models.ForeignKey(
        "organizations.Jurisdiction", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="辖区"
    )
    project = models.ForeignKey(
        "projects.Project", models.CASCADE, null=True, blank=True, related_name="+", verbose_name="项目"
    )

    status = models.CharField("状态", max_length=10, choices=STATUSES, default=QUEUED)
    done = models.PositiveIntegerField("已处理", default=0)
    total = models.PositiveIntegerField("总数", default=0)
    words = models.CharField("进展", max_length=200, blank=True)
    error = models.CharField("未完成的原因", max_length=500, blank=True)
    cancel_asked = models.BooleanField("要求取消", default=False)

    attempts = models.PositiveSmallIntegerField("次数", default=0)
    last_attempt = models.PositiveSmallIntegerField("最多次数", default=1)
    created_at = models.DateTimeField("发起时间", default=timezone.now)
    due_at = models.DateTimeField("最早开始时间", default=timezone.now)
    sent_at = models.DateTimeField("交给后台的时间", null=True, blank=True)
    started_at = models.DateTimeField("开始时间", null=True, blank=True)
    finished_at = models.DateTimeField("结束时间", null=True, blank=True)
    leased_until = models.DateTimeField("租期", null=True, blank=True)
    worker = models.CharField("执行者", max_length=100, blank=True)

    file_key = models.CharField(max_length=32, default=random_name, editable=False)
    result = models.CharField("结果文件", max_length=120, blank=True)
    filename = models.CharField("文件名", max_length=200, blank=True)
    content_type = models.CharField("类型", max_length=100, blank=True)
    size = models.PositiveBigIntegerField("大小(字节)", null=True, blank=True)
    sha256 = models.CharField("SHA-256", max_length=64, blank=True)
    expires_at = models.DateTimeField("保留到", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "任务"
        ordering = ["-created_at", "-id"]
        indexes = [
            models.Index(fields=["actor", "-created_at", "-id"], name="job_mine"),
            models.Index(fields=["due_at"], condition=models.Q(status="queued"), name="job_queued"),
            models.Index(fields=["leased_until"], condition=models.Q(status="running"), name="job_running"),
            models.Index(fields=["expires_at"], condition=~models.Q(result=""), name="job_expiring"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(status="running") | models.Q(leased_until__isnull=False), name="running_is_leased"
            ),
            models.CheckConstraint(
                condition=models.Q(status__in=["queued", "running"], finished_at=None)
                | (~models.Q(status__in=["queued", "running"]) & models.Q(finished_at__isnull=False)),
                name="finished_has_a_moment",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def label(self) -> str:
        """What people call this kind of work."""
        return label(self.kind)

    @property
    def finished(self) -> bool:
        """Whether nothing more will happen by itself."""
        return self.status not in self.UNFINISHED

    @property
    def has_result(self) -> bool:
        """Whether there is a file to fetch now."""
        return self.status == self.DONE and bool(self.result)

    @property
    def percent(self) -> int | None:
        """How far it is, 0 to 100; None while nobody knows how much there is."""
        return min(100, self.done * 100 // self.total) if self.total else None
