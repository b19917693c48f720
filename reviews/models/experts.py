"""Here: the expert pool of a jurisdiction. Not here: drawing from it (draws.py), who reviewed which project (review.py)."""

from django.db import models


class Expert(models.Model):
    """Somebody who may be asked to review; the employer shows whether they belong to the unit whose project it is."""

    jurisdiction = models.ForeignKey(
        "organizations.Jurisdiction", models.PROTECT, related_name="experts", verbose_name="辖区"
    )
    name = models.CharField("姓名", max_length=50)
    employer = models.CharField("工作单位", max_length=200)
    title = models.CharField("职称", max_length=50, blank=True)
    specialties = models.JSONField("专业", default=list, blank=True)
    phone = models.CharField("联系电话", max_length=30, blank=True)
    active = models.BooleanField("在库", default=True)
    suspended_reason = models.CharField("停用理由", max_length=300, blank=True, editable=False)

    class Meta:
        verbose_name = verbose_name_plural = "专家"
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["jurisdiction", "name", "employer"],
                name="expert_once",
                violation_error_message="专家库中已有这位专家。",
            )
        ]

    def __str__(self) -> str:
        return f"{self.name}({self.employer})"
