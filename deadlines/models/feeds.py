"""Here: the secret address of a person's calendar, as a row. Not here: what the calendar holds (deadlines.feed)."""

from django.db import models


class CalendarFeed(models.Model):
    """One person's calendar address. Only the hash of its secret part is kept, so nobody can read it back."""

    user = models.OneToOneField("organizations.User", models.CASCADE, related_name="+", verbose_name="用户")
    token_hash = models.CharField("口令校验值", max_length=64, unique=True)
    made_at = models.DateTimeField("生成时间")
    read_at = models.DateTimeField("最近读取时间", null=True)

    class Meta:
        verbose_name = verbose_name_plural = "日历订阅"
