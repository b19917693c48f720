"""Here: the places whose regulation binds projects. Not here: the regulation itself (see policies)."""

from django.core.exceptions import ValidationError
from django.db import models

from policies.loader import PackError, load

LEVELS = 4  # 国家、省、市、县


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

    @property
    def ancestors(self) -> "list[Jurisdiction]":
        """The places above, the nearest first; stops where it would come back to a place it has seen."""
        found: list[Jurisdiction] = []
        while (place := (found[-1] if found else self).parent) and place not in (self, *found):
            found.append(place)
        return found

    def clean(self) -> None:
        """The pack exists and binds: one that is kept for comparison cannot be put in force. No place lies above itself."""
        above = self.ancestors
        if self.pk and self.pk in (self.parent_id, *(place.parent_id for place in above)):
            raise ValidationError({"parent": "不能选择本辖区或者它的下级作为上级。"})
        if len(above) + 1 + self._depth_below() > LEVELS:
            raise ValidationError({"parent": f"辖区最多{LEVELS}级。"})
        try:
            pack = load(self.pack)
        except PackError as error:
            raise ValidationError({"pack": f"没有代码为“{self.pack}”的适用文件。"}) from error
        if not pack.binding:
            raise ValidationError({"pack": f"《{pack.title}》{pack.validity_words},仅供对照,不能设为辖区适用的文件。"})

    def _depth_below(self) -> int:
        """How many levels lie below this place."""
        depth, level = 0, [self.pk] if self.pk else []
        while depth < LEVELS and (level := list(Jurisdiction.objects.filter(parent__in=level).values_list("pk", flat=True))):
            depth += 1
        return depth
