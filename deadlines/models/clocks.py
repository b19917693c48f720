"""Here: the clocks of projects as rows, their stops, and what the daily sweep has pointed out. Not here: running them."""

from datetime import date

from django.db import models
from django.db.models import F, Q

UNITS = [("working_days", "个工作日"), ("days", "日"), ("months", "个月"), ("years", "年")]


class Deadline(models.Model):
    """One run of a period of the pack. `within` None means that the text gives no figure: then it only counts waiting.

    `due_on` is None without a figure and while the clock stands still. `waits_from` is the start moved by the calendar
    days of past stops, `remind_on` the day of the reminder: both kept so that a sweep is one statement.
    """

    OPEN, LATE, MET, VOIDED = "open", "late", "met", "voided"
    STATUSES = [(OPEN, "办理中"), (LATE, "已超期"), (MET, "已办结"), (VOIDED, "已作废")]
    LIVE = (OPEN, LATE)

    project = models.ForeignKey("projects.Project", models.CASCADE, related_name="deadlines", verbose_name="项目")
    code = models.CharField("时限", max_length=60)
    rule = models.CharField("条款", max_length=40)
    label = models.CharField("名称", max_length=100)
    who = models.CharField("办理方", max_length=20)
    starts_on = models.DateField("起算日")
    waits_from = models.DateField("扣除停表后的起算日")
    within = models.PositiveSmallIntegerField("期限", null=True)
    unit = models.CharField("单位", max_length=12, choices=UNITS)
    remind_before = models.PositiveSmallIntegerField("提前提醒", default=1)
    due_on = models.DateField("到期日", null=True)
    remind_on = models.DateField("提醒日", null=True)
    provisional = models.BooleanField("暂按周末推算", default=False)
    stopped = models.BooleanField("停表", default=False)
    status = models.CharField("状态", max_length=8, choices=STATUSES, default=OPEN)
    met_on = models.DateField("办结日", null=True)
    trigger = models.CharField("起算事件", max_length=80)
    met_by = models.CharField("办结事件", max_length=80, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "时限"
        ordering = ["starts_on", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["project", "code"], condition=Q(status__in=["open", "late"]), name="deadline_runs_once"
            ),
            models.CheckConstraint(condition=Q(within=None, due_on=None) | Q(within__gte=0), name="deadline_figure_or_none"),
            models.CheckConstraint(condition=Q(met_on=None) | Q(status="met"), name="deadline_met_on_a_day"),
        ]
        indexes = [
            models.Index(fields=["status", "due_on"], name="deadline_due"),
            models.Index(fields=["status", "remind_on"], name="deadline_remind"),
            models.Index(fields=["status", "code", "waits_from"], name="deadline_waiting"),
            models.Index(fields=["status", "starts_on", "id"], name="deadline_board"),
        ]

    def __str__(self) -> str:
        return f"{self.label} {self.starts_on}"

    @property
    def met_late(self) -> bool:
        """Done, but after the last day."""
        return self.met_on is not None and self.due_on is not None and self.met_on > self.due_on

    def late_on(self, day: date) -> bool:
        """Not done although the last day has passed; the last day itself is still in time (YQ-Q9)."""
        return self.status in self.LIVE and self.due_on is not None and self.due_on < day


class DeadlineStop(models.Model):
    """The clock stands still after `starts_on` up to and including `ends_on` (None: still), because of `cause`."""

    deadline = models.ForeignKey(Deadline, models.CASCADE, related_name="stops", verbose_name="时限")
    cause = models.CharField("原因", max_length=20)
    starts_on = models.DateField("停表日")
    ends_on = models.DateField("恢复日", null=True)

    class Meta:
        verbose_name = verbose_name_plural = "停表"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["deadline", "cause"], condition=Q(ends_on=None), name="stop_open_once"),
            models.CheckConstraint(condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")), name="stop_in_order"),
        ]


class DeadlineMark(models.Model):
    """What a sweep pointed out about a deadline, once for each due day: soon due, late, or waiting longer than wished."""

    REMINDER, LATE, WAITING = "reminder", "late", "waiting"
    KINDS = [(REMINDER, "即将到期"), (LATE, "已超期"), (WAITING, "超过提醒天数")]

    deadline = models.ForeignKey(Deadline, models.CASCADE, related_name="marks", verbose_name="时限")
    kind = models.CharField("内容", max_length=10, choices=KINDS)
    due = models.DateField("所指日期")
    made_on = models.DateField("标记日期", db_index=True)

    class Meta:
        verbose_name = verbose_name_plural = "时限提醒"
        constraints = [models.UniqueConstraint(fields=["deadline", "kind", "due"], name="mark_made_once")]
