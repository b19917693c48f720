"""Here: which organisation plays which office in which jurisdiction. Not here: who of it may act (see roles)."""

from django.db import models


class Role(models.TextChoices):
    CENTRE = "centre", "电子政务中心"
    GOV_OFFICE = "gov_office", "市府办"
    FINANCE = "finance", "财政局"
    PLANNING = "planning", "发改局"
    TENDER = "tender", "资管办"
    AUDIT = "audit", "审计局"
    SECURITY = "security", "保密、密码管理部门"


class Office(models.Model):
    """One organisation in one role; the same organisation may hold several and still file its own projects."""

    jurisdiction = models.ForeignKey(
        "organizations.Jurisdiction", verbose_name="辖区", on_delete=models.PROTECT, related_name="offices"
    )
    role = models.CharField("职责", max_length=20, choices=Role.choices)
    organization = models.ForeignKey(
        "organizations.Organization", verbose_name="承担单位", on_delete=models.PROTECT, related_name="offices"
    )
    active = models.BooleanField("在用", default=True)

    class Meta:
        verbose_name = verbose_name_plural = "职责分工"
        ordering = ["jurisdiction_id", "role", "organization_id"]
        constraints = [
            models.UniqueConstraint(
                fields=["jurisdiction", "role", "organization"],
                name="office_once",
                violation_error_message="这个单位在本辖区已登记该职责。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.jurisdiction} {self.get_role_display()}：{self.organization}"
