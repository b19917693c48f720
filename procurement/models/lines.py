"""Here: what the lines of applications, tenders and contracts have in common. Not here: comparing them (comparison.py)."""

from decimal import Decimal

from django.core.validators import MinValueValidator
from django.db import models

from projects.models import Line

MORE_THAN_NOTHING = MinValueValidator(Decimal("0.01"), message="应大于 0。")


class ItemLine(Line):
    """Something to be bought: name, specification, unit and quantity as the approved item list calls them (YQ-3.5-2)."""

    name = models.CharField("名称", max_length=200)
    specification = models.CharField("规格型号", max_length=500, blank=True)
    unit = models.CharField("单位", max_length=20, blank=True)
    quantity = models.DecimalField("数量", max_digits=12, decimal_places=2, validators=[MORE_THAN_NOTHING])

    class Meta(Line.Meta):
        abstract = True

    def __str__(self) -> str:
        return self.name
