"""Here: what somebody has to do, what somebody is told, what people say to each other. Not here: deciding who."""

from django.db import models
from django.db.models import Q

# How the name of a duty begins that a superior has because something is late.
ESCALATION = "late:"


class Duty(models.Model):
    """One thing that a role has to do for a project now. Computed anew after every event; `since` is kept.

    `holder` names the queue (desk.queues): one column, so that an inbox is one index.
    """

    MOVE, EVIDENCE, MATERIAL, WAIVER, TASK, CONSULT = "move", "evidence", "material", "waiver", "task", "consult"
    KINDS = [
        (MOVE, "办理"), (EVIDENCE, "登记"), (MATERIAL, "材料"), (WAIVER, "例外"), (TASK, "任务"), (CONSULT, "加签"),
    ]  # fmt: skip

    project = models.ForeignKey("projects.Project", models.CASCADE, related_name="duties", verbose_name="项目")
    holder = models.CharField("待办队列", max_length=60)
    role = models.CharField("办理方", max_length=20)
    kind = models.CharField("种类", max_length=10, choices=KINDS)
    name = models.CharField("事项代码", max_length=60)
    label = models.CharField("事项", max_length=200)
    since = models.DateField("到达日期")
    assignee = models.ForeignKey(
        "organizations.User", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="承办人"
    )

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


class DutyAssignment(models.Model):
    """转办: that a duty was handed to a colleague. It says who of the office works on it, not who may decide."""

    project = models.ForeignKey("projects.Project", models.CASCADE, related_name="assignments", verbose_name="项目")
    duty = models.ForeignKey(Duty, models.SET_NULL, null=True, related_name="assignments", verbose_name="待办")
    label = models.CharField("事项", max_length=200)
    giver = models.ForeignKey("organizations.User", models.PROTECT, related_name="+", verbose_name="转办人")
    taker = models.ForeignKey("organizations.User", models.PROTECT, related_name="+", verbose_name="承办人")
    note = models.CharField("说明", max_length=500, blank=True)
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = verbose_name_plural = "转办"
        ordering = ["-id"]


class Consultation(models.Model):
    """加签: somebody asks others for an opinion before deciding. It is a hint to whoever decides, never a condition.

    ALL (会签) is settled when everybody has answered, ANY (或签) when one has agreed or all have answered.
    """

    ALL, ANY = "all", "any"
    MODES = [(ALL, "会签(都要答复)"), (ANY, "或签(一人同意即可)")]

    project = models.ForeignKey("projects.Project", models.CASCADE, related_name="consultations", verbose_name="项目")
    asker = models.ForeignKey("organizations.User", models.PROTECT, related_name="+", verbose_name="发起人")
    question = models.TextField("征询内容")
    mode = models.CharField("方式", max_length=3, choices=MODES, default=ALL)
    asked_at = models.DateTimeField("发起时间")
    settled_at = models.DateTimeField("办结时间", null=True, blank=True)
    withdrawn = models.BooleanField("已收回", default=False)

    class Meta:
        verbose_name = verbose_name_plural = "加签"
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(withdrawn=False) | Q(settled_at__isnull=False), name="withdrawn_is_settled"
            )
        ]

    @property
    def outcome(self) -> str:
        """How it ended, in words; empty while it is open."""
        if self.settled_at is None:
            return ""
        if self.withdrawn:
            return "已收回"
        opinions = [answer.opinion for answer in self.answers.all() if answer.opinion]
        agreed, refused = self.answers.model.AGREE in opinions, self.answers.model.DISAGREE in opinions
        if self.mode == self.ANY:
            return "已获同意" if agreed else "均不同意"
        return "有不同意见" if refused else "一致同意"


class ConsultationAnswer(models.Model):
    """One who was asked (a queue), and the answer. Without an answer nobody has done anything, whatever became of it."""

    AGREE, DISAGREE = "agree", "disagree"
    OPINIONS = [(AGREE, "同意"), (DISAGREE, "不同意")]

    consultation = models.ForeignKey(Consultation, models.CASCADE, related_name="answers", verbose_name="加签")
    to = models.CharField("征询对象", max_length=60)
    to_name = models.CharField("征询对象名称", max_length=150)
    opinion = models.CharField("意见", max_length=10, choices=OPINIONS, blank=True)
    text = models.TextField("说明", blank=True)
    by = models.ForeignKey(
        "organizations.User", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="答复人"
    )
    at = models.DateTimeField("答复时间", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "加签意见"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["consultation", "to"], name="consulted_once"),
            models.CheckConstraint(
                condition=Q(opinion="", by=None, at=None) | (~Q(opinion="") & Q(by__isnull=False, at__isnull=False)),
                name="answer_has_an_author",
            ),
        ]

    @property
    def role(self) -> str:
        """The role code of an office that was asked; empty for a person."""
        return self.to.rpartition(":")[2] if self.to.startswith("office:") else ""


class Copy(models.Model):
    """抄送: that somebody was sent a project to know of. The notice carries it; this says who sent it to whom."""

    project = models.ForeignKey("projects.Project", models.CASCADE, related_name="copies", verbose_name="项目")
    sender = models.ForeignKey("organizations.User", models.PROTECT, related_name="+", verbose_name="抄送人")
    to = models.CharField("抄送对象", max_length=60)
    to_name = models.CharField("抄送对象名称", max_length=150)
    note = models.CharField("说明", max_length=500, blank=True)
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = verbose_name_plural = "抄送"
        ordering = ["-id"]


class Mail(models.Model):
    """That a person was sent an e-mail on an occasion: `key` is unique for the person, so nothing goes out twice."""

    user = models.ForeignKey("organizations.User", models.CASCADE, related_name="+", verbose_name="收件人")
    key = models.CharField(max_length=120)
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = verbose_name_plural = "邮件"
        constraints = [models.UniqueConstraint(fields=["user", "key"], name="mailed_once")]


class SavedView(models.Model):
    """A list as one person likes to see it: `page` is the name of the list's view, `query` its filters as in the address."""

    user = models.ForeignKey("organizations.User", models.CASCADE, related_name="+", verbose_name="用户")
    page = models.CharField("列表", max_length=60)
    name = models.CharField("名称", max_length=30)
    query = models.CharField("筛选条件", max_length=1000, blank=True)
    default = models.BooleanField("默认打开", default=False)

    class Meta:
        verbose_name = verbose_name_plural = "保存的视图"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["user", "page", "name"], name="saved_view_named_once"),
            models.UniqueConstraint(fields=["user", "page"], condition=Q(default=True), name="saved_view_one_default"),
        ]

    def __str__(self) -> str:
        return self.name
