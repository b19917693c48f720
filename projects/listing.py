"""Here: the list of projects, filtered and paged by key. Not here: verdicts (never per row), how a row is shown."""

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef, QuerySet

from projects.fields import MoneyField
from projects.models import FundingLine, Project
from projects.places import in_place
from projects.search import matching
from projects.states import State

PAGE, LARGEST_PAGE = 50, 200
FISCAL, NOT_FISCAL = "财政项目", "非财政项目"
FUNDING = [("", "全部"), (FISCAL, FISCAL), (NOT_FISCAL, NOT_FISCAL)]
COLUMNS = (
    "id", "number", "name", "kind", "origin", "state", "plan_year", "investment", "investment_source", "filed_on",
    "department_id", "department__name", "jurisdiction__code", "jurisdiction__name",
)  # fmt: skip


class AnyOf(forms.MultipleChoiceField):
    """Several choices; the empty one, which a select box sends for 全部, asks nothing."""

    def to_python(self, value) -> list[str]:
        return [each for each in super().to_python(value) if each]


class ListFilter(forms.Form):
    """What a list may be asked: every field optional, an unreadable one is an error at that field."""

    q = forms.CharField(label="名称、编号、单位或拼音", max_length=100, required=False)
    state = AnyOf(label="状态", choices=State.choices, required=False)
    kind = forms.CharField(label="建设性质", max_length=20, required=False)
    origin = forms.CharField(label="申报来源", max_length=20, required=False)
    department = forms.IntegerField(label="建设单位", min_value=1, max_value=2**31, required=False)
    place = forms.SlugField(label="辖区", max_length=40, required=False)
    funding = forms.ChoiceField(label="资金", choices=FUNDING, required=False)
    plan_year = forms.IntegerField(label="计划年度", min_value=2000, max_value=2100, required=False)
    batch = forms.IntegerField(label="申报批次", min_value=1, max_value=2**31, required=False)
    investment_min = MoneyField(label="投资额不低于(元)", required=False)
    investment_max = MoneyField(label="投资额不高于(元)", required=False)
    before = forms.IntegerField(label="上一页最后一行", min_value=1, max_value=2**62, required=False)
    limit = forms.IntegerField(label="每页行数", min_value=1, max_value=LARGEST_PAGE, required=False)

    def clean(self):
        """The amounts must be in order."""
        cleaned = super().clean()
        low, high = cleaned.get("investment_min"), cleaned.get("investment_max")
        if low is not None and high is not None and low > high:
            self.add_error("investment_max", "上限不能小于下限。")
        return cleaned


def read_filter(params) -> dict:
    """What is asked, cleaned; nothing asked is nothing to check. Raises ValidationError per field."""
    if not params:
        return {}
    form = ListFilter(params)
    if not form.is_valid():
        raise ValidationError(form.errors.as_data())
    return form.cleaned_data


def filtered(projects: QuerySet[Project], asked: dict) -> QuerySet[Project]:
    """The visible projects that fit what was asked, newest first."""
    for name in ("kind", "origin", "department", "plan_year", "batch"):
        if asked.get(name):
            projects = projects.filter(**{name: asked[name]})
    projects = in_place(projects, asked.get("place"))
    if asked.get("state"):
        projects = projects.filter(state__in=asked["state"])
    if asked.get("funding"):
        projects = _by_funding(projects, fiscal=asked["funding"] == FISCAL)
    if asked.get("investment_min") is not None:
        projects = projects.filter(investment__gte=asked["investment_min"])
    if asked.get("investment_max") is not None:
        projects = projects.filter(investment__lte=asked["investment_max"])
    if asked.get("q"):
        projects = matching(projects, asked["q"])
    return projects.order_by("-id")


def _by_funding(projects: QuerySet[Project], *, fiscal: bool) -> QuerySet[Project]:
    """Projects with fiscal money, or those whose money is known and none of it fiscal (YQ-1.1-1)."""
    lines = FundingLine.objects.filter(project=OuterRef("pk"))
    some = Exists(lines.filter(source__in=FundingLine.FISCAL, amount__gt=0))
    return projects.filter(some) if fiscal else projects.filter(~some, Exists(lines))


def page(projects: QuerySet[Project], asked: dict) -> tuple[list[tuple], int | None]:
    """Rows of COLUMNS and the key for the next page (None at the end). One query, no COUNT, no OFFSET."""
    limit = asked.get("limit") or PAGE
    found = filtered(projects, asked)
    if asked.get("before"):
        found = found.filter(pk__lt=asked["before"])
    rows = list(found.values_list(*COLUMNS)[: limit + 1])
    return rows[:limit], rows[limit - 1][0] if len(rows) > limit else None
