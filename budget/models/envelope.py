"""Here: 可用财力, what a city can spend on these projects in a year. Not here: what is arranged (budget/annual.py)."""

from django.db import models
from django.db.models import Q


class FiscalEnvelope(models.Model):
    """The amount in 元 that finance set for a fiscal year; the newest row counts, older ones stay (YQ-3.3-1)."""

    jurisdiction = models.ForeignKey("organizations.Jurisdiction", models.PROTECT, verbose_name="辖区")
    year = models.PositiveSmallIntegerField("年度")
    amount = models.DecimalField("可用财力(元)", max_digits=16, decimal_places=2)
    note = models.CharField("依据", max_length=500, blank=True)
    set_by = models.ForeignKey("organizations.User", models.PROTECT, related_name="+", verbose_name="登记人")
    set_at = models.DateTimeField("登记时间")

    class Meta:
        verbose_name = verbose_name_plural = "可用财力"
        ordering = ["-id"]
        indexes = [models.Index(fields=["jurisdiction", "year", "-id"], name="envelope_newest")]
        constraints = [models.CheckConstraint(condition=Q(amount__gte=0), name="envelope_not_negative")]
