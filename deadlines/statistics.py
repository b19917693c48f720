"""Here: how many clocks were met in time, late, or are late still, by office, clause and month. Not here: single rows (board).

Counted are the clocks whose text gives a figure; those without one can be neither in time nor late.
"""

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from django import forms
from django.db.models import Avg, Count, DurationField, ExpressionWrapper, F, QuerySet
from django.db.models.functions import TruncMonth

from deadlines.board import IN_TIME, LATE, MET_LATE, RUNNING, in_state, label_of, name_of, narrowed, office, pack_of
from deadlines.models import Deadline
from organizations import clock
from projects.places import offer_places
from projects.scope import visible

OFFICE, CLAUSE, MONTH, PLACE = "office", "clause", "month", "place"
GROUPINGS = [(OFFICE, "按办理单位"), (CLAUSE, "按条款"), (MONTH, "按起算月份"), (PLACE, "按辖区")]
KEPT = ("who", "year", "place")
OUTCOMES = (IN_TIME, MET_LATE, LATE, RUNNING)
COLUMNS = ["分组", "合计", "按期办结", "逾期办结", "逾期未办结", "未到期", "逾期率(%)", "平均用时(天,扣除停表)"]
TAKES = ExpressionWrapper(F("met_on") - F("waits_from"), output_field=DurationField())


class Asked(forms.Form):
    """How to group, and which clocks; the years are those that clocks began in."""

    by = forms.ChoiceField(label="分组", choices=GROUPINGS, required=False)
    year = forms.TypedChoiceField(label="起算年度", coerce=int, empty_value=None, required=False)
    who = forms.ChoiceField(label="办理单位", required=False)

    def __init__(self, *args, user, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        found = counted(user).order_by()
        years = [day.year for day in found.dates("starts_on", "year", order="DESC")]
        self.fields["year"].choices = [("", "全部"), *((year, f"{year} 年") for year in years)]
        pack, roles = pack_of(user, self.data.get("place")), sorted(found.values_list("who", flat=True).distinct())
        self.fields["who"].choices = [("", "全部"), *((role, office(pack, role)) for role in roles)]
        offer_places(self, user)
        if "place" not in self.fields:
            self.fields["by"].choices = GROUPINGS[:-1]

    @property
    def asked(self) -> dict:
        """Whatever was readable."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value not in (None, "")}


@dataclass(frozen=True)
class Line:
    """A group in figures. `key` holds the board's filters that list its clocks, `days` is None where none was met."""

    name: str
    key: dict
    met_in_time: int
    met_late: int
    late: int
    running: int
    days: float | None

    @property
    def total(self) -> int:
        """All of them."""
        return self.met_in_time + self.met_late + self.late + self.running

    @property
    def share(self) -> float | None:
        """Per cent late, of those that were met or ought to have been; None where there is none."""
        ended = self.met_in_time + self.met_late + self.late
        return round(100 * (self.met_late + self.late) / ended, 1) if ended else None


def counted(user) -> QuerySet[Deadline]:
    """Every clock with a figure that was not voided, of visible projects."""
    return visible(Deadline, user).exclude(status=Deadline.VOIDED).filter(within__isnull=False)


def lines(user, asked: dict) -> list[Line]:
    """A line for each group; one query. Their sums are those of `whole`, as every clock is in one group."""
    by, pack = asked.get("by") or OFFICE, pack_of(user, asked.get("place"))
    found = narrowed(counted(user), {name: asked.get(name) for name in KEPT}, pack).order_by()
    if by == MONTH:
        groups = found.annotate(month=TruncMonth("starts_on")).values("month").order_by("-month")
        return [_line(each, f"{each['month']:%Y年%-m月}", {"month": f"{each['month']:%Y-%m}"}) for each in _with(groups)]
    if by == PLACE:
        groups = found.values("project__jurisdiction__code", "project__jurisdiction__name").order_by("project__jurisdiction")
        return [
            _line(each, each["project__jurisdiction__name"], {"place": each["project__jurisdiction__code"]})
            for each in _with(groups)
        ]
    if by == CLAUSE:
        groups = found.values("rule", "code", "label").order_by("rule", "code")
        return _merged([_clause(each) for each in _with(groups)])
    groups = _with(found.values("who").order_by("who"))
    return [_line(each, office(pack, each["who"]), {"who": each["who"]}) for each in groups]


def whole(user, asked: dict) -> Line:
    """The line below: everything that was asked for."""
    found = narrowed(counted(user), {name: asked.get(name) for name in KEPT}, pack_of(user, asked.get("place")))
    return _line(found.order_by().aggregate(**_figures()), "合计", {})


def _figures() -> dict:
    today = clock.today()
    counts = {name: Count("pk", filter=in_state(name, today)) for name in OUTCOMES}
    return {**counts, "takes": Avg(TAKES)}


def _with(groups: QuerySet) -> QuerySet:
    return groups.annotate(**_figures())


def _clause(each: dict) -> Line:
    label = label_of(each["code"], each["label"])
    return _line(each, f"{each['rule']} {label}", {"rule": each["rule"], "code": name_of(each["code"])})


def _line(each: dict, name: str, key: dict) -> Line:
    figures = {outcome: each[outcome] for outcome in OUTCOMES}
    takes = each["takes"]
    return Line(name=name, key=key, days=takes / timedelta(days=1) if takes is not None else None, **figures)


def _merged(found: list[Line]) -> list[Line]:
    """The periods of one recurring report as one line, the mean weighted by those that were met."""
    groups: dict[tuple, list[Line]] = {}
    for line in found:
        groups.setdefault((line.key["rule"], line.key["code"]), []).append(line)
    return [_sum(each) for each in groups.values()]


def _sum(same: list[Line]) -> Line:
    met = [(line.met_in_time + line.met_late, line.days) for line in same if line.days is not None]
    days = sum(n * mean for n, mean in met) / sum(n for n, _ in met) if met else None
    figures = {outcome: sum(getattr(line, outcome) for line in same) for outcome in OUTCOMES}
    return Line(name=same[0].name, key=same[0].key, days=days, **figures)


def values(user, asked: dict):
    """The statistics as rows of a sheet (COLUMNS), without the sum; totals are for the sheet's own formulas."""
    for line in lines(user, asked):
        share, days = (None if each is None else Decimal(f"{each:.1f}") for each in (line.share, line.days))
        yield [line.name, line.total, line.met_in_time, line.met_late, line.late, line.running, share, days]
