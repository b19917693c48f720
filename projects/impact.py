"""Here: a changed instrument tried on the live projects somebody sees. Not here: comparing duties (policies.impact)."""

from collections import ChainMap
from dataclasses import dataclass, field
from decimal import Decimal

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet

from policies.impact import Change, compare, moved_line, parameters_that_decide
from policies.lines import lines
from policies.loader import available, load
from policies.pack import Pack
from policies.verdicts import words
from projects.fields import MoneyField
from projects.instruments import parameter
from projects.models import Project
from projects.models.instrument import ParameterSetting
from projects.states import CLOSED

PAGE = 100


class Candidate(forms.Form):
    """One change at a time: a line of money moved, a parameter set, or another instrument in its place."""

    what = forms.ChoiceField(choices=[("line", "金额界线"), ("parameter", "参数"), ("pack", "另一文件")])
    line = forms.TypedChoiceField(label="现在的界线（元）", coerce=Decimal, required=False)
    to = MoneyField(label="改为（元）", required=False)
    setting = forms.ChoiceField(label="参数改为", required=False)
    other = forms.ChoiceField(label="另一文件", required=False)
    after = forms.IntegerField(required=False, min_value=0)

    def __init__(self, data=None, *, pack: Pack) -> None:
        super().__init__(data)
        self.pack = pack
        self.fields["line"].choices = [(str(each.bound), f"{each.bound:,.2f}") for each in lines(pack)]
        self.settings = dict(_values(pack))
        self.fields["setting"].choices = [(key, label) for key, (label, _) in self.settings.items()]
        others = [load(code) for code in available() if code != pack.code]
        self.fields["other"].choices = [(each.code, f"{each.doc_no} {each.title}") for each in others]

    NEEDS = {"line": ("line", "to"), "parameter": ("setting",), "pack": ("other",)}

    def clean(self) -> dict:
        cleaned = super().clean()
        for name in self.NEEDS.get(cleaned.get("what", ""), ()):
            if cleaned.get(name) in (None, "") and name not in self.errors:
                self.add_error(name, ValidationError("请填写。", code="required"))
        return cleaned

    @property
    def proposal(self) -> "Proposal":
        """What is proposed. Call after is_valid()."""
        asked = self.cleaned_data
        if asked["what"] == "line":
            line, to = asked["line"], asked["to"]
            return Proposal(moved_line(self.pack, line, to), between=(min(line, to), max(line, to)))
        if asked["what"] == "pack":
            return Proposal(load(asked["other"]))
        return Proposal(self.pack, self.settings[asked["setting"]][1])


def _values(pack: Pack):
    """Every value that a parameter which decides may take: key → (words, the fact it sets)."""
    for name in parameters_that_decide(pack):
        spec = pack.parameter(name)
        for value in (True, False) if spec.kind == "flag" else spec.choices:
            yield f"{name}={value}", (f"{spec.label}：{words(value)}", {f"parameter.{name}": value})


@dataclass(frozen=True)
class Proposal:
    """An instrument as it would be: the pack, facts that are set, and the amounts (元) that alone can be touched."""

    after: Pack
    overlay: dict = field(default_factory=dict)
    between: tuple[Decimal, Decimal] | None = None


@dataclass(frozen=True)
class Row:
    """A project whose duties would change in the stages still before it."""

    project: Project
    change: Change

    @property
    def decisions(self) -> list:
        """What was decided about old and new instruments, newest first."""
        return list(self.project.transitional_decisions.all())


@dataclass(frozen=True)
class Report:
    """The projects of one page that would be touched, how many were tried, and the key to go on from."""

    rows: list[Row]
    tried: int
    following: int | None

    @property
    def added(self) -> int:
        """Projects with a new duty."""
        return sum(bool(row.change.added) for row in self.rows)

    @property
    def dropped(self) -> int:
        """Projects with a duty less."""
        return sum(bool(row.change.dropped) for row in self.rows)


def impact(projects: QuerySet[Project], pack: Pack, proposal: Proposal, *, after: int = 0) -> Report:
    """A page of the live ones under this pack, tried on what is proposed; a fixed number of queries.

    `after` is the key that the page before ended with. What is asked in the stages a project has behind it is left out.
    """
    found = list(_live(projects, pack, proposal, after)[: PAGE + 1])
    page = found[:PAGE]
    settings = _settings(pack, page)
    rows = []
    for project in page:
        facts = _facts(project) | settings[project.pk]
        changed = ChainMap(proposal.overlay, facts) if proposal.overlay else None
        change = _ahead(project, pack, compare(pack, proposal.after, facts, changed))
        if change:
            rows.append(Row(project, change))
    return Report(rows, len(page), page[-1].pk if len(found) > PAGE else None)


def whole_impact(projects: QuerySet[Project], pack: Pack, proposal: Proposal) -> Report:
    """All pages as one."""
    rows, tried, after = [], 0, 0
    while after is not None:
        page = impact(projects, pack, proposal, after=after)
        rows, tried, after = rows + page.rows, tried + page.tried, page.following
    return Report(rows, tried, None)


def _live(projects: QuerySet[Project], pack: Pack, proposal: Proposal, after: int) -> QuerySet[Project]:
    rows = projects.filter(pack_code=pack.code, pk__gt=after).exclude(state__in=CLOSED)
    if proposal.between:
        rows = rows.filter(investment__range=proposal.between)
    return rows.select_related("department").prefetch_related("transitional_decisions").order_by("pk")


def _facts(project: Project) -> dict:
    """The facts that stand in the project's own row."""
    names = ("kind", "origin", "investment", "plan_year", "categories", "filed_on")
    return {f"project.{name}": getattr(project, name) for name in names} | {
        "project.state": str(project.state),
        "project.has_parent": bool(project.parent_name),
    }


def _settings(pack: Pack, page: list[Project]) -> dict[int, dict]:
    """The parameters that decide, by project: its own setting, else the jurisdiction's, else the default."""
    names = parameters_that_decide(pack)
    places = {project.jurisdiction_id for project in page}
    common = {
        place: {f"parameter.{name}": parameter(pack, name, jurisdiction_id=place) for name in names} for place in places
    }
    own = ParameterSetting.objects.filter(pack_code=pack.code, name__in=names, project__in=page).order_by("id")
    single: dict[int, dict] = {}
    for setting in own:
        single.setdefault(setting.project_id, {})[f"parameter.{setting.name}"] = setting.value
    return {project.pk: common[project.jurisdiction_id] | single.get(project.pk, {}) for project in page}


def _ahead(project: Project, pack: Pack, change: Change) -> Change:
    """Without what belongs to stages that the project has behind it."""
    order = [stage["name"] for stage in pack.stages]
    held = project.held_state
    now = next((place for place, stage in enumerate(pack.stages) if held in stage["states"]), 0)

    def kept(duty) -> bool:
        return duty.stage not in order or order.index(duty.stage) >= now

    return Change(tuple(filter(kept, change.added)), tuple(filter(kept, change.dropped)))
