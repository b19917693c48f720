"""Here: what the budget dashboard may be asked and what it answers. Not here: the sums (chain.py), HTTP (views_dashboard.py)."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django import forms
from django.db.models import Q, QuerySet, Sum
from django.utils.http import urlencode

from organizations import clock
from organizations.models import Jurisdiction, Organization
from policies.loader import load
from policies.pack import Pack
from projects.listing import FISCAL, FUNDING
from projects.places import offer_places
from projects.scope import seen_by
from projects.states import State
from reports.chain import FIGURES
from reports.hints import BY_CODE, HINTS, IDLE, MONTHS, months_before
from reports.models import ProjectFigures, Tally
from reports.sums import Group, added, cells, counted, fold, whole

GROUPINGS = {"unit": "单位", "stage": "环节", "year": "年度", "kind": "建设性质"}
KEYS = {"unit": ("department_id", "department__name"), "stage": (), "year": ("year",), "kind": ("kind",)}
FILTERS = ("place", "year", "unit", "kind", "stage", "funding")


def stages_of(pack: Pack) -> dict[str, list[str]]:
    """The stages of an instrument with their states, then each state outside of them under its own name."""
    taken: set[str] = {State.DRAFT}
    found: dict[str, list[str]] = {}
    for stage in pack.stages:
        states = [state for state in stage["states"] if state not in taken]
        taken.update(states)
        if states:
            found[stage["name"]] = states
    return found | {state.label: [state.value] for state in State if state not in taken}


class Asked(forms.Form):
    """Filters, grouping and what rows are wanted; every field optional, an unreadable one is an error at that field."""

    year = forms.TypedChoiceField(label="年度", required=False, coerce=int, empty_value=None)
    unit = forms.ModelChoiceField(Organization.objects.none(), label="建设单位", required=False, empty_label="全部")
    kind = forms.ChoiceField(label="建设性质", required=False)
    stage = forms.ChoiceField(label="环节", required=False)
    funding = forms.ChoiceField(label="资金", choices=FUNDING, required=False)
    by = forms.ChoiceField(choices=list(GROUPINGS.items()), required=False)
    months = forms.IntegerField(label="批复后多少个月未签合同即列出", min_value=1, max_value=120, required=False)
    figure = forms.ChoiceField(choices=list(FIGURES.items()), required=False)
    warning = forms.ChoiceField(choices=[(hint.code, hint.label) for hint in HINTS], required=False)

    def __init__(self, data, *, tallies: QuerySet[Tally], jurisdiction: Jurisdiction, user) -> None:
        super().__init__(data)
        offer_places(self, user)
        if "place" in self.fields:
            self.fields["place"].choices = self.fields["place"].choices[1:]
            self.initial["place"] = jurisdiction.code
        held = tallies.order_by().values("year", "department").annotate(number=Sum("projects")).filter(number__gt=0)
        years = sorted({row["year"] for row in held} - {None}, reverse=True)
        units = {row["department"] for row in held}
        self.fields["unit"].queryset = Organization.objects.filter(pk__in=units).order_by("name")
        self.fields["year"].choices = [("", "全部"), *((year, f"{year} 年") for year in years)]
        for name, values in (("kind", load(jurisdiction.pack).kinds), ("stage", stages_of(load(jurisdiction.pack)))):
            self.fields[name].choices = [("", "全部"), *((value, value) for value in values)]

    @property
    def shown(self) -> list:
        """The fields of the filter bar."""
        return [self[name] for name in FILTERS if name in self.fields]

    @property
    def kept(self) -> list[tuple[str, str]]:
        """What stays as it is when the filter bar is sent."""
        return [(name, self.data.get(name, "")) for name in ("figure", "warning", "months")]


@dataclass
class Dashboard:
    """The projects of a place as somebody sees them, drafts left out, under the filters asked. `asked` is cleaned.

    Everything but single rows comes from the tallies: its cost does not grow with the projects.
    """

    user: object
    jurisdiction: Jurisdiction
    asked: dict

    @cached_property
    def stages(self) -> dict[str, list[str]]:
        """Stage names with their states."""
        return stages_of(load(self.jurisdiction.pack))

    @cached_property
    def wanted(self) -> Q:
        """The filters asked, for tallies and for projects' figures alike."""
        found = Q(seen_by(self.user), jurisdiction=self.jurisdiction)
        for name, held in (("year", "year"), ("unit", "department"), ("kind", "kind")):
            if self.asked.get(name):
                found &= Q(**{held: self.asked[name]})
        if self.asked.get("stage"):
            found &= Q(state__in=self.stages[self.asked["stage"]])
        if self.asked.get("funding"):
            found &= Q(fiscal=self.asked["funding"] == FISCAL)
        return found

    @property
    def since(self) -> date:
        """Projects approved on this day or before and without a contract are pointed out."""
        return months_before(clock.today(), self.months)

    @property
    def months(self) -> int:
        """After how many months without a contract a project is pointed out; ours, not the regulation's."""
        return self.asked.get("months") or MONTHS

    @property
    def by(self) -> str:
        """The grouping chosen."""
        return self.asked.get("by") or "unit"

    @cached_property
    def cells(self) -> list[dict]:
        """The sums by state and by the grouping chosen. One query, over the tallies."""
        idle = {f"sum_{IDLE.code}": Sum("projects", filter=IDLE.condition(self.since))}
        return cells(added(Tally.objects.filter(self.wanted), "state", *KEYS[self.by], **idle))

    @cached_property
    def total(self) -> Group:
        """All of it."""
        return whole(self.cells)

    def groups(self) -> list[Group]:
        """The chosen grouping: units by what was approved, stages and years in their order, kinds by name."""
        found = fold(self.cells, self._key)
        if self.by == "stage":
            order = list(self.stages)
            return sorted(found, key=lambda group: order.index(group.value))
        if self.by == "unit":
            return sorted(found, key=lambda group: (-(group.total("approved") or 0), -(group.total("declared") or 0)))
        return sorted(found, key=lambda group: group.value)

    def _key(self, cell: dict) -> tuple[str, str]:
        if self.by == "unit":
            return str(cell["department_id"]), cell["department__name"]
        if self.by == "stage":
            name = next(name for name, states in self.stages.items() if cell["state"] in states)
            return name, name
        value = cell["kind"] if self.by == "kind" else cell["year"]
        return ("", "未知") if value is None else (str(value), f"{value} 年" if self.by == "year" else value)

    def hints(self) -> list[tuple]:
        """Every hint with its number of projects, those that are about some first."""
        found = [(hint, sum(cell[hint.code] for cell in self.cells)) for hint in HINTS]
        return sorted(found, key=lambda hint: not hint[1])

    def rows(self) -> "Rows":
        """The projects behind a figure or a hint, or all of them."""
        found, figure, warning = (
            ProjectFigures.objects.filter(self.wanted),
            self.asked.get("figure"),
            self.asked.get("warning"),
        )
        if figure:
            found = found.filter(**{f"{figure}__isnull": False})
        if warning:
            found = found.filter(BY_CODE[warning].condition(self.since))
        return Rows(found)

    def query(self, **more) -> str:
        """The filters as they stand, as a query string, with these changed; None drops one."""
        held = {name: self.asked.get(name) for name in (*FILTERS, "months")}
        held["unit"] = getattr(held["unit"], "pk", held["unit"])
        return urlencode({key: value for key, value in {**held, **more}.items() if value not in (None, "")})


COLUMNS = (
    "project__number", "project__name", "department__name", "state", "year", "kind", "declared", "reviewed", "approved", "allocated",
    "procurement", "contracted", "paid",
)  # fmt: skip
HEADINGS = {
    "number": "项目编号", "name": "项目名称", "unit": "建设单位", "stage": "状态", "year": "年度", "kind": "建设性质",
    "declared": "申报(元)", "reviewed": "审核(元)", "approved": "批复(元)", "allocated": "下达(元)",
    "procurement": "采购预算(元)", "contracted": "合同(元)", "paid": "已付(元)",
}  # fmt: skip


@dataclass(frozen=True)
class Rows:
    """Projects with their amounts, newest first, and what they add up to."""

    figures: QuerySet[ProjectFigures]

    @cached_property
    def total(self) -> Group:
        """The sums of all rows, of every page. One query."""
        return whole(cells(counted(self.figures)))

    def values(self) -> QuerySet:
        """Tuples of COLUMNS."""
        return self.figures.order_by("-pk").values_list(*COLUMNS)


def tallies_of(user, jurisdiction: Jurisdiction) -> QuerySet[Tally]:
    """What the dashboard is about: filed projects of the place that this person may see."""
    return Tally.objects.filter(seen_by(user), jurisdiction=jurisdiction)


def in_words(row: tuple) -> tuple:
    """A row with its state by name and amounts to the fen."""
    return (*row[:3], State(row[3]).label, *row[4:])
