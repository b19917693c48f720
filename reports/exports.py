"""Here: registers that read across rooms: projects, plan, budget, exceptions. Not here: writing them (papers.excel), sums (chain.py)."""

from collections.abc import Iterator
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db.models import Count, F, QuerySet, Sum, Value
from django.db.models.functions import Concat

from budget.annual import annual_plan
from budget.plan import workbench
from exchange.exports import export
from organizations import clock
from organizations.navigation import business, officers
from papers.excel import CODE, DAY, MONEY, NUMBER, PERCENT, Column, Sheet
from projects.listing import filtered, read_filter
from projects.places import in_place, several
from projects.scope import visible_projects
from projects.states import State
from reports.apps import READERS
from reports.chain import FIGURES, with_chain
from reports.waivers import COLUMNS as WAIVER_COLUMNS
from reports.waivers import Asked as AskedWaivers
from reports.waivers import entries, narrowed, register, values

AT_ONCE = 2_000
STATES = {str(value): str(label) for value, label in State.choices}
UNKNOWN = "未知"
NUMBERED = Column("序号", NUMBER)
PROJECT = [Column("项目编号", CODE), Column("项目名称", width=34), Column("建设单位", width=24)]
CHAIN = [Column(f"{label}(元)", MONEY, total=True, unknown=UNKNOWN) for label in FIGURES.values()]
REGISTER = [
    NUMBERED, *PROJECT, Column("统一社会信用代码", CODE), Column("建设性质"), Column("申报来源"), Column("项目类别"),
    Column("计划年度", NUMBER), Column("申报批次"), Column("申报日期", DAY), Column("状态"),
    Column("投资额(元)", MONEY, total=True, unknown=UNKNOWN), Column("投资额来源"), *CHAIN,
]  # fmt: skip
REGISTER_VALUES = (
    "number", "name", "unit", "department__credit_code", "kind", "origin", "categories", "plan_year",
    "batch__title", "filed_on", "state", "investment", "investment_source", *FIGURES,
)  # fmt: skip


def numbered(rows) -> Iterator[list]:
    """The rows with their number before them."""
    return ([at, *row] for at, row in enumerate(rows, start=1))


def known_totals(rows: QuerySet, columns: dict[str, str]) -> tuple[int, dict[str, Decimal]]:
    """How many rows the database counts, and its sums under the headers of the sheet; one query."""
    found = rows.aggregate(how_many=Count("pk"), **{f"sum_{name}": Sum(name) for name in columns})
    zero = Decimal("0.00")
    return found["how_many"], {label: found[f"sum_{name}"] or zero for name, label in columns.items()}


@export("projects", label="项目台账", view="projects:list")
def projects(user, asked):
    """Every visible project with its money, under the filters of the list."""
    found = with_chain(filtered(visible_projects(user), read_filter(asked)))
    money = {"investment": "投资额(元)"} | {name: f"{label}(元)" for name, label in FIGURES.items()}
    size, figures = known_totals(found, money)
    found = found.annotate(unit=_unit(user))
    rows = found.order_by("-id").values_list(*REGISTER_VALUES).iterator(AT_ONCE)
    return [Sheet("项目台账", REGISTER, numbered(map(_said, rows)), figures)], size


def _said(row: tuple) -> list:
    """Categories and state in words."""
    cells = list(row)
    cells[6], cells[10] = "、".join(row[6]), STATES[row[10]]
    return cells


EXECUTION = [
    NUMBERED, *PROJECT, Column("年度", NUMBER), Column("状态"), *CHAIN, Column("未付(元)", MONEY, total=True, unknown=UNKNOWN),
    Column("支付率", PERCENT, unknown=UNKNOWN),
]  # fmt: skip
BY_UNIT = [NUMBERED, Column("建设单位", width=28), Column("项目数", NUMBER, total=True), *CHAIN]


@export("budget-execution", label="预算执行情况", may=officers(*READERS), view="reports:dashboard")
def budget_execution(user, asked):
    """What was declared, approved, arranged, contracted and paid, by unit and by project; `year` and `unit` narrow it."""
    found = with_chain(in_place(visible_projects(user), asked.get("place")).exclude(state=State.DRAFT)).annotate(unit=_unit(user))
    for name, column in (("year", "year"), ("unit", "department")):
        if value := asked.get(name):
            found = found.filter(**{column: whole(value, name)})
    size, figures = known_totals(found, {name: f"{label}(元)" for name, label in FIGURES.items()})
    units = found.values("unit").annotate(how_many=Count("pk"), **_sums()).order_by("unit")
    by_unit = units.values_list("unit", "how_many", *(f"sum_{name}" for name in FIGURES))
    rows = found.annotate(unpaid=F("approved") - F("paid")).order_by("unit", "id")
    rows = rows.values_list("number", "name", "unit", "year", "state", *FIGURES, "unpaid")
    return [
        Sheet("按单位汇总", BY_UNIT, numbered(by_unit), figures | {"项目数": size}),
        Sheet("项目明细", EXECUTION, numbered(map(_executed, rows.iterator(AT_ONCE))), figures),
    ], size


def _unit(user):
    """How a unit is named: with its place for whoever reads several, as each has a 财政局."""
    name = F("department__name")
    return Concat("department__jurisdiction__name", Value(" "), name) if several(user) else name


def _sums() -> dict[str, Sum]:
    return {f"sum_{name}": Sum(name) for name in FIGURES}


def _executed(row: tuple) -> list:
    """The state in words, and paid by approved."""
    *known, state = row[:5]
    amounts = dict(zip(FIGURES, row[5:-1], strict=True))
    rate = amounts["paid"] / amounts["approved"] if amounts["approved"] else None
    return [*known, STATES[state], *row[5:], rate]


def whole(text: str, name: str) -> int:
    """A number of the address. Raises ValidationError."""
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise ValidationError({name: "请填写整数。"})
    return int(text)


ARRANGED = [
    NUMBERED, *PROJECT, Column("建设性质"), Column("优先级"), Column("资金来源"), Column("安排金额(元)", MONEY, total=True),
    Column("批准机关"), Column("批复文号"), Column("批准日期", DAY, unknown="待批"),
]  # fmt: skip
CANDIDATES = [
    Column("次序", NUMBER), *PROJECT, Column("状态"), Column("优先级"),
    Column("申报数(元)", MONEY, total=True, unknown=UNKNOWN), Column("审核数(元)", MONEY, total=True, unknown=UNKNOWN),
    Column("核减(元)", MONEY, total=True, unknown=UNKNOWN), Column("核减理由"),
    Column("本级财政(元)", MONEY, total=True, unknown=UNKNOWN), Column("其他资金(元)", MONEY, total=True, unknown=UNKNOWN),
    Column("累计(元)", MONEY, unknown=UNKNOWN), Column("安排"),
]  # fmt: skip
FITS = {True: "可安排", False: "超出", None: UNKNOWN}


@export("annual-plan", label="年度计划", may=officers(), view="reports:plan")
def plan(user, asked):
    """The arranged money of a year and its candidates against 可用财力; `year` is this one unless asked (YQ-3.3-5)."""
    place = user.organization.jurisdiction
    year = whole(asked["year"], "year") if asked.get("year") else clock.today().year
    arranged, bench = annual_plan(place, year), workbench(place, year)
    names = ("number", "name", "unit", "kind", "priority", "source", "amount", "authority", "doc_no", "approved_on")
    rows = numbered([getattr(row, name) for name in names] for row in arranged.rows)
    figures = {"安排金额(元)": arranged.total}
    return [
        Sheet(f"{year}年度资金安排表", ARRANGED, rows, figures),
        Sheet(f"{year}年度候选项目", CANDIDATES, map(_candidate, bench.rows), {"本级财政(元)": bench.wanted}),
    ], len(arranged.rows) + len(bench.rows)


def _candidate(row) -> list:
    names = ("place", "number", "name", "unit", "state", "priority", "asked", "reviewed", "cut")
    known = [getattr(row, name) for name in names]
    return [*known, ";".join(row.reasons), row.amount, row.other, row.running, FITS[row.fits]]


EXCEPTIONS = [
    NUMBERED, Column("件数", NUMBER, total=True),
    *(Column(label, DAY if label.endswith("日期") else CODE if label == "项目编号" else "text") for label in WAIVER_COLUMNS),
]  # fmt: skip


@export("waivers", label="例外台账", may=business, view="reports:waivers")
def waivers(user, asked):
    """Exceptions of visible projects under the filters of their page."""
    rows = register(user)
    form = AskedWaivers(asked, rows=rows, user=user)
    if not form.is_valid():
        raise ValidationError(form.errors.as_data())
    found = narrowed(rows, form.cleaned_data)
    size = found.count()
    lines = values(entries(found.iterator(AT_ONCE), user))
    return [Sheet("例外台账", EXCEPTIONS, ([at, 1, *row] for at, row in enumerate(lines, 1)), {"件数": size})], size

