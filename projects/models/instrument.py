"""Here: what is set at run time about an instrument: its end, its parameters, its versions. Not here: its rules (packs)."""

from django.db import models


class PackVersion(models.Model):
    """The exact text of a pack that once judged something, by its digest, so that a past decision can be re-derived."""

    digest = models.CharField(max_length=64, primary_key=True)
    code = models.CharField(max_length=40)
    text = models.TextField()
    first_used_on = models.DateField()

    class Meta:
        verbose_name = verbose_name_plural = "规则版本"


class InstrumentEnd(models.Model):
    """The governing office registers that an instrument was repealed or replaced (YQ-0-3)."""

    pack_code = models.CharField("适用文件", max_length=40)
    effective_to = models.DateField("失效日期")
    replaced_by = models.CharField("废止或替代文号", max_length=100)
    recorded_by = models.ForeignKey("organizations.User", models.PROTECT, related_name="+", verbose_name="登记人")
    recorded_on = models.DateField("登记日期")

    class Meta:
        verbose_name = verbose_name_plural = "文件失效登记"
        ordering = ["-id"]


class ParameterSetting(models.Model):
    """A parameter of a pack as an office set it, for its jurisdiction or for one project; the newest one counts."""

    jurisdiction = models.ForeignKey("organizations.Jurisdiction", models.PROTECT, verbose_name="辖区")
    project = models.ForeignKey(
        "projects.Project", models.PROTECT, null=True, blank=True, related_name="parameters", verbose_name="项目"
    )
    pack_code = models.CharField("适用文件", max_length=40)
    name = models.CharField("参数", max_length=60)
    value = models.JSONField("取值", null=True)
    reason = models.TextField("理由")
    basis = models.CharField("依据", max_length=500, blank=True)
    set_by = models.ForeignKey("organizations.User", models.PROTECT, related_name="+", verbose_name="设置人")
    set_at = models.DateTimeField("设置时间")

    class Meta:
        verbose_name = verbose_name_plural = "参数设置"
        ordering = ["-id"]
