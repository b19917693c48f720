"""Here: the working calendar as rows: days that differ from Monday–Friday, and which years are announced.

Not here: arithmetic (policies.workdays), reading and publishing (calendar, publish).
"""

from uuid import uuid4

from django.core.exceptions import ValidationError
from django.db import models


class CalendarYear(models.Model):
    """A year of the calendar; deadlines that cross a year that is not official are provisional.

    `revision` changes with the days, so that every process notices; random, because a count repeats after a rollback.
    """

    year = models.PositiveSmallIntegerField("年份", unique=True)
    official = models.BooleanField("放假安排已公布", default=False)
    source = models.CharField("依据", max_length=200, blank=True)
    revision = models.UUIDField("修订标识", default=uuid4, editable=False)

    class Meta:
        verbose_name = "日历年度"
        verbose_name_plural = verbose_name
        ordering = ("-year",)

    def __str__(self) -> str:
        return f"{self.year}年" if self.official else f"{self.year}年（未公布）"

    @classmethod
    def touch(cls, year: int) -> None:
        """Tell every process that days of `year` have changed; an unknown year becomes known, not official."""
        cls.objects.update_or_create(year=year, defaults={"revision": uuid4()})


class CalendarDay(models.Model):
    """A weekday off or a weekend day worked (调休). Ordinary days have no row."""

    class Kind(models.TextChoices):
        HOLIDAY = "holiday", "放假"
        WORKDAY = "workday", "上班"

    day = models.DateField("日期", unique=True)
    kind = models.CharField("安排", max_length=8, choices=Kind.choices)
    name = models.CharField("节日", max_length=40)
    source = models.CharField("依据", max_length=200, blank=True)

    class Meta:
        verbose_name = "放假与调休"
        verbose_name_plural = verbose_name
        ordering = ("-day",)
        constraints = (
            models.CheckConstraint(condition=models.Q(kind__in=["holiday", "workday"]), name="calendar_day_kind_known"),
        )

    def __str__(self) -> str:
        return f"{self.day} {self.name}{self.get_kind_display()}"

    def clean(self) -> None:
        if self.day and self.kind and not self.is_exception:
            raise ValidationError({"day": "周一至周五只需登记放假，周六、周日只需登记上班。"})

    @property
    def is_exception(self) -> bool:
        """Does the row say anything that the weekday alone does not?"""
        return (self.day.weekday() < 5) == (self.kind == self.Kind.HOLIDAY)
