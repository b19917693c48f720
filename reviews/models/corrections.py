"""Here: what the unit answers to each defect, and whether the centre is satisfied. Not here: the letter (receipt.py)."""

from django.db import models

from projects.models import StageRecord
from reviews.models.receipt import Defect


class DefectAnswer(StageRecord):
    """补正答复: the unit's answer to one defect, with what it changed or where to look. The newest one counts."""

    defect = models.ForeignKey(Defect, models.PROTECT, related_name="answers", verbose_name="须补正事项")
    text = models.TextField("答复")
    changed = models.BooleanField("已修改申报内容或材料", default=False)
    material = models.CharField("见材料", max_length=60, blank=True)
    file = models.ForeignKey(
        "projects.Attachment", models.PROTECT, null=True, related_name="+", verbose_name="补充说明文件"
    )

    class Meta(StageRecord.Meta):
        verbose_name = verbose_name_plural = "补正答复"

    def __str__(self) -> str:
        return f"{self.defect}的答复"


class DefectVerdict(StageRecord):
    """补正认定: the centre accepts an answer, or says why not. The newest one on the newest answer counts."""

    ACCEPTED, DECLINED = "认可", "不认可"
    CONCLUSIONS = [(ACCEPTED, ACCEPTED), (DECLINED, DECLINED)]

    answer = models.ForeignKey(DefectAnswer, models.PROTECT, related_name="verdicts", verbose_name="补正答复")
    conclusion = models.CharField("认定", max_length=10, choices=CONCLUSIONS)
    reason = models.CharField("理由", max_length=500, blank=True)

    class Meta(StageRecord.Meta):
        verbose_name = verbose_name_plural = "补正认定"
