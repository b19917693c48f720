"""Here: the register of projects that were finished before this software. Not here: projects that it handles (project.py)."""

from django.db import models

from projects.search import text_of


class PastProject(models.Model):
    """A project finished before this software, as the papers of its time have it.

    It has no state, no ledger and no evidence: nobody judged it here, and a made-up history would be a forged one. It is
    found by the search and shown beside new projects that look like it; it decides nothing.
    """

    IN_USE, OUT_OF_USE, UNKNOWN = "在用", "已停用", "未知"
    STANDINGS = [(each, each) for each in (IN_USE, OUT_OF_USE, UNKNOWN)]

    jurisdiction = models.ForeignKey("organizations.Jurisdiction", models.PROTECT, related_name="+", verbose_name="辖区")
    department = models.ForeignKey("organizations.Organization", models.PROTECT, related_name="+", verbose_name="建设单位")
    name = models.CharField("项目名称", max_length=200)
    old_number = models.CharField("原编号", max_length=60, blank=True)
    year = models.PositiveSmallIntegerField("年度")
    kind = models.CharField("建设性质", max_length=20, blank=True)
    objective = models.TextField("建设目标和内容", blank=True)
    investment = models.DecimalField("投资额(元)", max_digits=16, decimal_places=2, null=True, blank=True)
    contracted = models.DecimalField("合同金额(元)", max_digits=16, decimal_places=2, null=True, blank=True)
    contractor = models.CharField("承建单位", max_length=200, blank=True)
    accepted_on = models.DateField("验收日期", null=True, blank=True)
    standing = models.CharField("使用情况", max_length=10, choices=STANDINGS, default=UNKNOWN)
    note = models.CharField("备注", max_length=500, blank=True)
    added_by = models.ForeignKey("organizations.User", models.PROTECT, related_name="+", verbose_name="导入人")
    added_at = models.DateTimeField("导入时间")
    search_text = models.TextField(blank=True, editable=False)

    class Meta:
        verbose_name = verbose_name_plural = "历史项目"
        ordering = ["-year", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["jurisdiction", "department", "name", "year"], name="past_project_once",
                violation_error_message="历史项目中已有这个单位同一年度的同名项目。",
            )
        ]  # fmt: skip
        indexes = [models.Index(fields=["jurisdiction", "-year", "id"], name="past_project_page")]

    def __str__(self) -> str:
        return f"{self.name}({self.year})"

    def save(self, *args, **kwargs) -> None:
        """As Django's; what it is found by follows its names."""
        self.search_text = text_of(self.old_number, self.name, self.department.name, self.department.short_name)
        super().save(*args, **kwargs)
