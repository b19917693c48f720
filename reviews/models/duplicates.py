"""Here: pairs of projects that look alike, the search that found them, what the centre judged. Not here: how alike is measured."""

from django.db import models
from django.db.models import F, Q

from projects.models import StageRecord
from reviews.models.rounds import FilingRecord

SAME, DIFFERENT, MERGE = "重复", "不重复", "归并"
JUDGEMENTS = [(SAME, SAME), (DIFFERENT, DIFFERENT), (MERGE, MERGE)]


class DuplicateSearch(FilingRecord):
    """One run of the search over all units and years. What did not finish is 未完成, never 'no duplicates' (YQ-1.2-8)."""

    DONE, FAILED = "完成", "未完成"

    status = models.CharField("查重状态", max_length=6, choices=[(DONE, DONE), (FAILED, FAILED)], editable=False)
    compared = models.PositiveIntegerField("比对项目数", default=0, editable=False)
    found = models.PositiveIntegerField("疑似重复数", default=0, editable=False)
    problem = models.CharField("未完成的原因", max_length=200, blank=True, editable=False)
    remark = models.CharField("说明", max_length=300, blank=True)

    class Meta(FilingRecord.Meta):
        verbose_name = verbose_name_plural = "查重"


class DuplicateCandidate(models.Model):
    """Two projects that may be the same, once per pair, whoever was filed first. `names` are those that were compared."""

    PENDING = "待判定"
    STATES = [(PENDING, PENDING), *JUDGEMENTS]

    first = models.ForeignKey("projects.Project", models.PROTECT, related_name="+", verbose_name="项目一")
    second = models.ForeignKey("projects.Project", models.PROTECT, related_name="+", verbose_name="项目二")
    names = models.JSONField("比对时的名称", default=list)
    similarity = models.PositiveSmallIntegerField("相似度(%)")
    why = models.CharField("列入原因", max_length=200)
    state = models.CharField("判定", max_length=6, choices=STATES, default=PENDING)
    survivor = models.ForeignKey(
        "projects.Project", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="归并后保留的项目"
    )

    class Meta:
        verbose_name = verbose_name_plural = "疑似重复"
        ordering = ["-similarity", "id"]
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="duplicate_pair_once"),
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="duplicate_pair_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.first} / {self.second}({self.similarity}%)"

    def other(self, project):
        """The project on the other side."""
        return self.second if self.first_id == project.pk else self.first


class DuplicateJudgement(StageRecord):
    """The centre's finding on one pair, with a remark. 归并 names the project that stays (YQ-1.2-8)."""

    candidate = models.ForeignKey(
        DuplicateCandidate, models.PROTECT, related_name="judgements", verbose_name="疑似重复项目"
    )
    conclusion = models.CharField("判定", max_length=6, choices=JUDGEMENTS)
    remark = models.TextField("说明")
    survivor = models.ForeignKey(
        "projects.Project", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="归并后保留的项目"
    )

    class Meta(StageRecord.Meta):
        verbose_name = verbose_name_plural = "重复判定"
