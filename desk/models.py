"""Here: what somebody has to do, what somebody is told, what people say to each other. Not here: deciding who."""

from django.db import models
from django.db.models import Q


class Duty(models.Model):
    """One thing that a role has to do for a project now. Computed anew after every event; `since` is kept.

    `holder` names the queue (desk.queues): one column, so that an inbox is one index.
    """

    MOVE, EVIDENCE, MATERIAL, WAIVER, TASK = "move", "evidence", "material", "waiver", "task"
    KINDS = [(MOVE, "办理"), (EVIDENCE, "登记"), (MATERIAL, "材料"), (WAIVER, "例外"), (TASK, "任务")]

    project = models.ForeignKey("projects.Project", models.CASCADE, related_name="duties", verbose_name="项目")
    holder = models.CharField("待办队列", max_length=60)
    role = models.CharField("办理方", max_length=20)
    kind = models.CharField("种类", max_length=10, choices=KINDS)
    name = models.CharField("事项代码", max_length=60)
    label = models.CharField("事项", max_length=200)
    since = models.DateField("到达日期")

    class Meta:
        verbose_name = verbose_name_plural = "待办"
        ordering = ["-id"]
        constraints = [models.UniqueConstraint(fields=["project", "role", "kind", "name"], name="duty_once")]
        indexes = [models.Index(fields=["holder", "-id"], name="duty_queue")]

    def __str__(self) -> str:
        return self.label


class Notice(models.Model):
    """Something a queue or a person is told, once: `key` is unique. `event` is what it was about."""

    to = models.CharField("收件队列", max_length=60)
    project = models.ForeignKey("projects.Project", models.CASCADE, null=True, related_name="+", verbose_name="项目")
    event = models.CharField("事件", max_length=80)
    rule = models.CharField("条款", max_length=40, blank=True)
    text = models.TextField("内容")
    created_at = models.DateTimeField("时间")
    key = models.CharField(max_length=160, unique=True)

    class Meta:
        verbose_name = verbose_name_plural = "通知"
        ordering = ["-id"]
        indexes = [models.Index(fields=["to", "-id"], name="notice_queue")]

    def __str__(self) -> str:
        return self.text


class NoticeRead(models.Model):
    """That somebody has read a notice."""

    notice = models.ForeignKey(Notice, models.CASCADE, related_name="reads")
    user = models.ForeignKey("organizations.User", models.CASCADE, related_name="+")
    read_at = models.DateTimeField("阅读时间")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["notice", "user"], name="notice_read_once")]


class Comment(models.Model):
    """A remark on a project, never changed. `offices_only` remarks are not shown to the unit that owns the project."""

    project = models.ForeignKey("projects.Project", models.CASCADE, related_name="comments", verbose_name="项目")
    author = models.ForeignKey("organizations.User", models.PROTECT, related_name="+", verbose_name="发言人")
    text = models.TextField("内容")
    offices_only = models.BooleanField("仅部门可见", default=False)
    mentions = models.ManyToManyField("organizations.User", related_name="+", blank=True, verbose_name="提到的人")
    created_at = models.DateTimeField("时间")

    class Meta:
        verbose_name = verbose_name_plural = "留言"
        ordering = ["-id"]
        indexes = [models.Index(fields=["project", "-id"], name="comment_page")]
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="comment_says_something")]
