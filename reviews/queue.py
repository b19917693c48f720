"""Here: what waits for the centre, as one query that is filtered and sorted. Not here: why a row matters (reasons), pages."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django import forms
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery

from deadlines.models import Deadline
from desk.models import Duty
from desk.queues import office_queue
from organizations import clock
from organizations.roles import held, office_jurisdictions, office_roles
from projects.fields import MoneyField
from projects.scope import seen_by
from reviews.duplicates import open_pairs

OFFICES = frozenset({"centre", "gov_office"})
PAGE = 50
WAN = Decimal("10000")
LATE, WEEK, PAUSED, OPEN_END = "late", "week", "paused", "none"
DEADLINES = [("", "全部"), (LATE, "超期"), (WEEK, "本周到期"), (PAUSED, "计时暂停"), (OPEN_END, "无期限")]
SORTS = {
    "due": ("时限", (F("due_on").asc(nulls_last=True), "since", "id")),
    "waiting": ("等待最久", ("since", "id")),
    "new": ("最新到达", ("-since", "-id")),
    "high": ("投资从高到低", (F("project__investment").desc(nulls_last=True), "id")),
    "low": ("投资从低到高", (F("project__investment").asc(nulls_last=True), "id")),
}


class QueueFilter(forms.Form):
    """What the queue may be asked; every field optional. Amounts are in 万元, as people say them."""

    q = forms.CharField(label="项目、编号或单位", max_length=100, required=False)
    task = forms.CharField(label="事项", max_length=60, required=False, widget=forms.Select)
    unit = forms.IntegerField(label="建设单位", min_value=1, max_value=2**31, required=False, widget=forms.Select)
    kind = forms.CharField(label="建设性质", max_length=20, required=False, widget=forms.Select)
    batch = forms.IntegerField(label="申报批次", min_value=1, max_value=2**31, required=False, widget=forms.Select)
    deadline = forms.ChoiceField(label="时限", choices=DEADLINES, required=False)
    low = MoneyField(label="投资不低于(万元)", required=False)
    high = MoneyField(label="投资不高于(万元)", required=False)
    sort = forms.ChoiceField(
        label="排序", choices=[(code, label) for code, (label, _) in SORTS.items()], required=False
    )
    alike = forms.BooleanField(label="只看有疑似重复的", required=False)

    def __init__(self, *args, waiting: "Waiting", **kwargs) -> None:
        super().__init__(*args, **kwargs)
        for name, found in waiting.choices.items():
            self.fields[name].widget.choices = self._choices(name, found)
            self.fields[name].widget.attrs.pop("maxlength", None)  # a select box has none

    def _choices(self, name: str, found: Iterable[tuple]) -> list[tuple]:
        """What waits now, and what is asked even if nothing of it waits any more (a saved view)."""
        choices, asked = {str(value): label for value, label in found}, self.data.get(name, "")
        return [("", "全部"), *({asked: asked} | choices if asked else choices).items()]

    def clean(self):
        """The amounts must be in order."""
        cleaned = super().clean()
        low, high = cleaned.get("low"), cleaned.get("high")
        if low is not None and high is not None and low > high:
            self.add_error("high", "上限不能小于下限。")
        return cleaned


def is_reviewer(user) -> bool:
    """Whether the queue is this person's to work off or to look into."""
    return user.is_business and bool(held(user) & OFFICES)


def queue(user) -> QuerySet[Duty]:
    """Every duty of this person's reviewing offices, with `due_on`, `paused` and `alike` of its project."""
    queues = [
        office_queue(jurisdiction, role)
        for jurisdiction in office_jurisdictions(user)
        for role in office_roles(user, jurisdiction) & OFFICES
    ]
    clocks = Deadline.objects.filter(project=OuterRef("project"), who=OuterRef("role"), status__in=Deadline.LIVE)
    return (
        Duty.objects.filter(seen_by(user, "project__"), holder__in=queues)
        .select_related("project__department", "assignee")
        .annotate(
            due_on=Subquery(clocks.exclude(due_on=None).order_by("due_on").values("due_on")[:1]),
            paused=Exists(clocks.filter(stopped=True)),
            alike=Exists(open_pairs().filter(Q(first=OuterRef("project")) | Q(second=OuterRef("project")))),
        )
    )


def asked_for(rows: QuerySet[Duty], asked: dict) -> QuerySet[Duty]:
    """The rows that fit what was asked, in the order asked; nearest deadline first unless told otherwise."""
    for name, column in (("task", "name"), ("unit", "project__department"), ("batch", "project__batch"),
                         ("kind", "project__kind")):  # fmt: skip
        if asked.get(name):
            rows = rows.filter(**{column: asked[name]})
    if asked.get("low") is not None:
        rows = rows.filter(project__investment__gte=asked["low"] * WAN)
    if asked.get("high") is not None:
        rows = rows.filter(project__investment__lte=asked["high"] * WAN)
    if asked.get("alike"):
        rows = rows.filter(alike=True)
    if asked.get("deadline"):
        rows = rows.filter(in_time(asked["deadline"], clock.today()))
    if words := asked.get("q"):
        found = Q(project__name__icontains=words) | Q(project__number__istartswith=words)
        rows = rows.filter(found | Q(project__department__name__icontains=words))
    return rows.order_by(*SORTS[asked.get("sort") or "due"][1])


def in_time(which: str, today: date) -> Q:
    """超期, 本周到期 (up to Sunday, not yet late), 计时暂停, 无期限."""
    sunday = today + timedelta(days=6 - today.weekday())
    return {
        LATE: Q(due_on__lt=today),
        WEEK: Q(due_on__gte=today, due_on__lte=sunday),
        PAUSED: Q(due_on=None, paused=True),
        OPEN_END: Q(due_on=None, paused=False),
    }[which]


FACETS = {
    "task": ("name", "label"),
    "unit": ("project__department_id", "project__department__name"),
    "kind": ("project__kind", "project__kind"),
    "batch": ("project__batch_id", "project__batch__title"),
}


@dataclass(frozen=True)
class Waiting:
    """What waits, looked through once: how many in all, late and due this week; by filter what can be chosen."""

    counts: dict[str, int]
    choices: dict[str, list[tuple]]


def waiting(rows: QuerySet[Duty]) -> Waiting:
    """All of these rows in one query."""
    today = clock.today()
    sunday = today + timedelta(days=6 - today.weekday())
    columns = list(dict.fromkeys(column for pair in FACETS.values() for column in pair))
    found = list(rows.order_by().values(*columns, "due_on").annotate(how_many=Count("pk")))

    def count(which=lambda day: True) -> int:
        return sum(row["how_many"] for row in found if which(row["due_on"]))

    choices = {
        name: sorted({(row[value], row[label]) for row in found if row[value] is not None}, key=lambda each: each[1])
        for name, (value, label) in FACETS.items()
    }
    return Waiting(
        {
            "total": count(),
            "late": count(lambda day: day is not None and day < today),
            "week": count(lambda day: day is not None and today <= day <= sunday),
        },
        choices,
    )


def counts(rows: QuerySet[Duty]) -> dict[str, int]:
    """total, late, week of these rows."""
    return waiting(rows).counts


def neighbours(rows: QuerySet[Duty], at: int, number: str) -> dict[str, tuple[int, str] | None]:
    """`before` and `after`: place and project number beside place `at`; a project that is done has left its place free."""
    start = max(at - 1, 0)
    window = list(enumerate(rows.values_list("project__number", flat=True)[start : at + 3], start=start))
    before = [each for each in window if each[0] < at and each[1] != number]
    after = [each for each in window if each[0] >= at and each[1] != number]
    return {"before": before[-1] if before else None, "after": after[0] if after else None}
