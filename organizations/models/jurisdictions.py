"""Here: the places whose regulation binds projects. Not here: the regulation itself (see policies)."""

from django.core.exceptions import ValidationError
from django.db import models

from policies.loader import PackError, load


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

    def clean(self) -> None:
        """The pack exists and binds: one that is kept for comparison cannot be put in force."""
        try:
            pack = load(self.pack)
        except PackError as error:
            raise ValidationError({"pack": f"没有代码为“{self.pack}”的适用文件。"}) from error
        if not pack.binding:
            raise ValidationError({"pack": f"《{pack.title}》{pack.validity_words},仅供对照,不能设为辖区适用的文件。"})
