"""Here: draws from the expert pool, who stepped back, what each member found. Written once. Not here: selecting (reviews/draw.py)."""

from django.db import models

from projects.models import Line
from reviews.criteria import ITEMS, TECHNICAL
from reviews.models.baseline import InsertOnly
from reviews.models.review import CONCLUSIONS


class DrawSetup(InsertOnly):
    """What was fixed before anybody could know the panel: seats, the pool, who is left out and why, the seed's hash.

    `setup` is plain data as reviews/draw.py reads it; `digest` is its SHA-256, which the audit log notes at once. The
    seed stays unseen until the draw.
    """

    project = models.ForeignKey("projects.Project", models.PROTECT, related_name="draw_setups", verbose_name="项目")
    number = models.PositiveSmallIntegerField("第几次抽取")
    setup = models.JSONField("抽取设定")
    digest = models.CharField("设定的 SHA-256", max_length=64)
    seed = models.CharField(max_length=64)
    reason = models.CharField("重新抽取的理由", max_length=300, blank=True)
    sealed_by = models.ForeignKey("organizations.User", models.PROTECT, related_name="+", verbose_name="封存人")
    sealed_at = models.DateTimeField("封存时间")

    class Meta:
        verbose_name = verbose_name_plural = "抽取设定"
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["project", "number"], name="draw_setup_once")]

    def __str__(self) -> str:
        return f"{self.project_id} 第{self.number}次抽取"


class Draw(InsertOnly):
    """The draw itself: the public values that came in after the setup was sealed, and when."""

    sealed = models.OneToOneField(DrawSetup, models.PROTECT, related_name="draw", verbose_name="抽取设定")
    ledger_head = models.CharField("项目台账末页校验值", max_length=80)
    on_site = models.CharField("现场公开数字", max_length=40, blank=True)
    drawn_by = models.ForeignKey("organizations.User", models.PROTECT, related_name="+", verbose_name="抽取人")
    drawn_at = models.DateTimeField("抽取时间")
    drawn_on = models.DateField("抽取日期")

    class Meta:
        verbose_name = verbose_name_plural = "专家抽取"
        ordering = ["-id"]

    def __str__(self) -> str:
        return str(self.sealed)


class Seat(InsertOnly):
    """One drawn place in its order: a member of the panel or a substitute, with the specialty it was kept for."""

    draw = models.ForeignKey(Draw, models.PROTECT, related_name="seats")
    position = models.PositiveSmallIntegerField("序号")
    expert = models.ForeignKey("reviews.Expert", models.PROTECT, related_name="seats", verbose_name="专家")
    specialty = models.CharField("限定专业", max_length=50, blank=True)
    substitute = models.BooleanField("候补", default=False)

    class Meta:
        verbose_name = verbose_name_plural = "抽取结果"
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["draw", "position"], name="draw_seat_once"),
            models.UniqueConstraint(fields=["draw", "expert"], name="draw_expert_once"),
        ]

    def __str__(self) -> str:
        return f"{self.position} {self.expert}"


class Recusal(InsertOnly):
    """An expert steps back from one project, before the draw or after; whoever takes the seat is named at once."""

    CONFLICT, ABSENT = "回避", "不能参加"
    KINDS = [(CONFLICT, "回避(存在利害关系)"), (ABSENT, "不能参加")]

    project = models.ForeignKey("projects.Project", models.PROTECT, related_name="recusals", verbose_name="项目")
    expert = models.ForeignKey("reviews.Expert", models.PROTECT, related_name="recusals", verbose_name="专家")
    kind = models.CharField("事由", max_length=10, choices=KINDS)
    reason = models.CharField("理由", max_length=300)
    draw = models.ForeignKey(Draw, models.PROTECT, null=True, related_name="recusals", verbose_name="抽取")
    vacates = models.BooleanField("空出席位", default=False)
    replacement = models.ForeignKey(
        "reviews.Expert", models.PROTECT, null=True, related_name="+", verbose_name="递补的专家"
    )
    recorded_by = models.ForeignKey("organizations.User", models.PROTECT, related_name="+", verbose_name="登记人")
    recorded_at = models.DateTimeField("登记时间")

    class Meta:
        verbose_name = verbose_name_plural = "专家回避"
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["project", "expert"], name="recusal_once")]

    def __str__(self) -> str:
        return f"{self.expert} {self.kind}"


class MemberOpinion(InsertOnly):
    """What one member of the panel found, from the signed sheet; a correction is a new one, and the newest counts."""

    draw = models.ForeignKey(Draw, models.PROTECT, related_name="opinions", verbose_name="抽取")
    expert = models.ForeignKey("reviews.Expert", models.PROTECT, related_name="+", verbose_name="专家")
    conclusion = models.CharField("结论", max_length=10, choices=CONCLUSIONS)
    text = models.TextField("意见")
    recorded_by = models.ForeignKey("organizations.User", models.PROTECT, related_name="+", verbose_name="登记人")
    recorded_at = models.DateTimeField("登记时间")

    class Meta:
        verbose_name = verbose_name_plural = "专家个人意见"
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.expert} {self.conclusion}"


class MemberScore(InsertOnly, Line):
    """A score from 0 to 100 for one technical criterion."""

    record = models.ForeignKey(MemberOpinion, models.PROTECT, related_name="scores")
    item = models.CharField("评分项", max_length=2, choices=[(item, ITEMS[item]) for item in TECHNICAL])
    score = models.DecimalField("评分", max_digits=5, decimal_places=2)

    class Meta(Line.Meta):
        verbose_name = verbose_name_plural = "专家评分"

    def __str__(self) -> str:
        return f"{self.item} {self.score}"
