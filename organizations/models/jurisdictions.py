"""Here: the places whose regulation binds projects. Not here: the regulation itself (see policies)."""

from django.db import models


class Jurisdiction(models.Model):
    """A city, county or province, and the code of the pack in force there."""

    code = models.SlugField("代码", max_length=40, unique=True)
    name = models.CharField("名称", max_length=60)
    pack = models.CharField("适用制度代码", max_length=60)
    parent = models.ForeignKey(
        "self", verbose_name="上级", null=True, blank=True, on_delete=models.PROTECT, related_name="children"
    )

    class Meta:
        verbose_name = verbose_name_plural = "辖区"
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name
