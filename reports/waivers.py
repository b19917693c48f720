"""Here: the register of exceptions across projects: filters, order, columns. Not here: deciding one (projects/waivers.py), pages."""

from dataclasses import dataclass

from django import forms
from django.db.models import Case, QuerySet, When

from organizations.models import Organization, User
from policies.pack import Pack, Rule
from projects.instruments import pack_in_force
from projects.models import Waiver
from projects.permissions import may_waive
from projects.places import name_units, offer_places
from projects.scope import visible

COLUMNS = [
    "项目编号", "项目名称", "建设单位", "条款", "条款内容", "理由", "依据", "申请人", "申请日期", "决定", "决定人", "决定单位",
    "决定日期", "决定意见",
]  # fmt: skip


@dataclass(frozen=True)
class Entry:
    """A line of the register: the exception, its rule (None when the pack no longer knows it), may this person decide."""

    waiver: Waiver
    rule: Rule | None
    may: bool
    own: bool


class Asked(forms.Form):
    """Filters of the register; choices are what the reader may see."""

    decision = forms.ChoiceField(
        label="决定", required=False, choices=[("", "全部"), *((name, name) for name, _ in Waiver.DECISIONS)]
    )
    unit = forms.ModelChoiceField(Organization.objects.none(), label="建设单位", required=False, empty_label="全部")
    rule = forms.ChoiceField(label="条款", required=False)
    year = forms.TypedChoiceField(label="申请年度", required=False, coerce=int, empty_value=None)

    def __init__(self, *args, rows: QuerySet[Waiver], user: User, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        offer_places(self, user)
        units = rows.order_by().values("project__department")
        self.fields["unit"].queryset = Organization.objects.filter(pk__in=units).order_by("name")
        name_units(self)
        rules = rows.order_by("rule").values_list("rule", flat=True).distinct()
        self.fields["rule"].choices = [("", "全部"), *((rule, rule) for rule in rules)]
        years = [day.year for day in rows.dates("requested_on", "year", order="DESC")]
        self.fields["year"].choices = [("", "全部"), *((year, f"{year} 年") for year in years)]


def register(user: User) -> QuerySet[Waiver]:
    """Every exception of visible projects: those that wait first, then the newest."""
    waiting = Case(When(decision=Waiver.PENDING, then=0), default=1)
    rows = visible(Waiver, user).select_related(
        "project__department", "project__jurisdiction", "requested_by", "decided_by__organization", "document"
    )
    return rows.order_by(waiting, "-requested_on", "-id")


def narrowed(rows: QuerySet[Waiver], asked: dict) -> QuerySet[Waiver]:
    """The rows that a valid filter asks for."""
    wanted = {
        "decision": asked.get("decision"),
        "project__jurisdiction__code": asked.get("place"),
        "project__department": asked.get("unit"),
        "rule": asked.get("rule"),
        "requested_on__year": asked.get("year"),
    }
    return rows.filter(**{name: value for name, value in wanted.items() if value})


def entries(rows, user: User) -> list[Entry]:
    """The rows with their rules; the packs are asked once each."""
    packs: dict[str, Pack] = {}
    found = []
    for row in rows:
        code = row.project.pack_code
        packs[code] = packs.get(code) or pack_in_force(code)
        rule = packs[code].by_id.get(row.rule)
        pending = row.decision == Waiver.PENDING and rule is not None
        may = pending and may_waive(user, row.project, rule)
        found.append(Entry(row, rule, bool(may), row.requested_by_id == user.pk))
    return found


def values(found: list[Entry]):
    """The register as rows of a sheet."""
    for each in found:
        row, decided = each.waiver, each.waiver.decided_by
        yield [
            row.project.number, row.project.name, row.project.department.name, row.rule,
            f"{each.rule.clause} {each.rule.says}" if each.rule else "", row.reason, row.basis,
            row.requested_by.display_name, row.requested_on, row.decision, decided.display_name if decided else "",
            decided.organization.name if decided and decided.organization else "", row.decided_on, row.decision_note,
        ]  # fmt: skip
