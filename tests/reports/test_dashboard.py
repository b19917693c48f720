"""Here: the budget dashboard: exact figures, the same on the page, in the rows and in Excel. Not here: who may open it (matrix)."""

from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from budget.money import money_of
from egov_projects.walk import submit
from organizations import clock
from projects.evidence import void
from projects.investment import CHANGE, set_investment
from projects.models import Project
from projects.transitions import perform
from reports.chain import FIGURES, with_chain
from reports.dashboard import Dashboard
from reports.hints import HINTS, months_before
from tests.conftest import TODAY, build_city

pytestmark = pytest.mark.django_db


@pytest.fixture
def town(city):
    """One only filed; one contracted with a payment; one of another unit and kind with its budget approved."""
    waiting = city.project("filed", "300000.00", name="排水监测平台")
    built = city.project("contracted", "500000.00", fields={"contract": {"amount": "470000.00"}})
    pay(city, built, "10000.50")
    upkeep = city.project("budgeted", "200000.00", kind="运行维护", name="城管平台运维")
    return city, waiting, built, upkeep


def pay(city, project, amount: str, kind: str = "设计费"):
    """One payment by finance."""
    data = {"amount": amount, "kind": kind, "paid_on": TODAY.isoformat(), "payee": "某公司"}
    return submit(project, "payment", data, actor=city.users["finance"])[0]


def board(city, person: str = "finance", **asked) -> Dashboard:
    """The dashboard under these filters."""
    return Dashboard(city.users[person], city.jurisdiction, asked)


def get(client, city, name: str, person: str = "finance", **query):
    """A page of the dashboard."""
    client.force_login(city.users[person])
    return client.get(reverse(f"reports:{name}"), query)


def sheet(answer) -> list[tuple]:
    """The cells of a downloaded file."""
    return list(load_workbook(BytesIO(answer.content)).active.iter_rows(values_only=True))


def test_the_chain_adds_up_to_the_fen_and_says_of_how_many_projects(town):
    city, *_ = town
    figures = {figure.name: (figure.total, figure.known) for figure in board(city).total.figures}
    assert figures == {
        "declared": (Decimal("1000000.00"), 3),
        "reviewed": (Decimal("700000.00"), 2),
        "approved": (Decimal("700000.00"), 2),
        "allocated": (Decimal("700000.00"), 2),
        "contracted": (Decimal("470000.00"), 1),
        "paid": (Decimal("10000.50"), 3),
    }


def test_each_project_has_the_amounts_of_its_own_page(town):
    city, *projects = town
    set_investment(projects[1], Decimal("510000.00"), CHANGE, actor=city.users["finance"])
    voided = pay(city, projects[1], "5.00")
    void(projects[1].pk, "payment", voided.pk, actor=city.users["finance"], reason="有误")
    for row in with_chain(Project.objects.all()):
        amounts = money_of(Project.objects.get(pk=row.pk))
        assert {name: getattr(row, name) for name in FIGURES} == {name: amounts[name] for name in FIGURES}
    assert with_chain(Project.objects.filter(pk=projects[1].pk)).get().approved == Decimal("510000.00")


def test_an_amended_contract_counts_as_amended(city):
    project = city.project("building", "500000.00")
    walker = city.walker()
    walker.record(project, "change_request", {"new_total": "520000.00"})
    walker.record(project, "change_review")
    for role in ("finance", "gov_office"):
        walker.record(project, "change_signature", role=role)
    walker.record(project, "change_decision")
    walker.record(project, "contract_amendment", {"amount": "515000.00"})
    row = with_chain(Project.objects.all()).get()
    assert (row.contracted, row.approved, row.procurement) == (
        Decimal("515000.00"), Decimal("520000.00"), Decimal("500000.00"),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("by", "expected"),
    [
        ("unit", [("市城市管理局", 3, "1000000.00", "470000.00")]),
        ("year", [("2027 年", 3, "1000000.00", "470000.00")]),
        ("kind", [("新建", 2, "800000.00", "470000.00"), ("运行维护", 1, "200000.00", None)]),
    ],
)
def test_groups_add_up_to_the_whole(town, by, expected):
    city, *_ = town
    groups = [
        (each.label, each.projects, each.total("declared"), each.total("contracted"))
        for each in board(city, by=by).groups()
    ]
    assert groups == [
        (label, count, Decimal(declared), contracted and Decimal(contracted))
        for label, count, declared, contracted in expected
    ]


def test_stages_stand_in_the_order_of_the_text(town):
    city, *_ = town
    names = [each.label for each in board(city, by="stage").groups()]
    order = list(board(city).stages)
    assert len(names) == 3
    assert names == sorted(names, key=order.index)


@pytest.mark.parametrize(
    ("asked", "count", "declared"),
    [
        ({"kind": "运行维护"}, 1, "200000.00"),
        ({"year": 2027}, 3, "1000000.00"),
        ({"year": 2026}, 0, None),
        ({"funding": "财政项目"}, 3, "1000000.00"),
        ({"funding": "非财政项目"}, 0, None),
    ],
)
def test_filters(town, asked, count, declared):
    city, *_ = town
    total = board(city, **asked).total
    assert (total.projects, total.total("declared")) == (count, declared and Decimal(declared))


def test_nothing_known_is_a_dash_never_nought(city, client):
    city.project("filed", "300000.00")
    page = get(client, city, "dashboard").content.decode()
    assert "未知" in page
    assert board(city).total.total("approved") is None
    assert sheet(get(client, city, "dashboard", format="xlsx"))[1][:5] == ("市城市管理局", 1, 300000, None, None)


def test_the_page_its_rows_and_its_file_say_the_same(town, client):
    city, waiting, built, upkeep = town
    page = get(client, city, "dashboard")
    assert page.status_code == 200
    link = {figure.name: link for figure, link in page.context["chain"]}["approved"]
    assert f'href="{link}"'.replace("&", "&amp;") in page.content.decode()
    assert "700,000.00" in page.content.decode()
    rows = client.get(link)
    assert [row[0] for row in rows.context["rows"]] == [upkeep.number, built.number]
    assert "700,000.00" in rows.content.decode()
    assert rows.context["total"].total("approved") == Decimal("700000.00")
    cells = sheet(client.get(f"{link}&format=xlsx"))
    approved = cells[0].index("批复(元)")
    assert [row[approved] for row in cells[1:]] == [200000, 500000, "=SUM(I2:I3)"]
    assert waiting.number not in rows.content.decode()


def test_a_unit_opens_the_rows_of_its_group(town, client):
    city, *_ = town
    page = get(client, city, "dashboard", by="kind")
    group, cells = page.context["groups"][0]
    answer = client.get(cells[0][1])
    assert (group.label, answer.context["total"].total("declared")) == ("新建", Decimal("800000.00"))


def test_an_unreadable_filter_is_an_error_at_its_field(city, client):
    city.project("filed", "300000.00")
    answer = get(client, city, "dashboard", year="abc", months="0")
    assert answer.status_code == 400
    assert set(answer.context["form"].errors) == {"year", "months"}


def test_drafts_and_neighbours_do_not_count(city):
    city.draft("100000.00")
    build_city("elsewhere").project("filed", "900000.00")
    assert board(city).total.projects == 0


def test_the_funnel_counts_who_stands_where_and_who_came_that_far(town, client):
    city, waiting, *_ = town
    perform(waiting.pk, "suspend", actor=city.users["gov_office"], note="核查")
    page = get(client, city, "dashboard")
    steps = {step.name: (step.here, step.reached) for step in page.context["funnel"]}
    assert steps == {
        "预审": (0, 2), "预算": (0, 2), "评审": (1, 2), "采购": (0, 1), "建设": (1, 1), "验收": (0, 0), "绩效": (0, 0),
        "已暂停": (1, None),
    }  # fmt: skip
    assert next(iter(steps)) == "预审"
    assert sheet(client.get(f"/budget/{page.context['funnel_excel']}"))[-1][:2] == ("已暂停", 1)


def hints(city, **asked) -> dict[str, int]:
    """The hints that are about some project."""
    return {hint.code: count for hint, count in board(city, **asked).hints() if count}


def test_a_lawful_city_gives_no_hint(town):
    assert hints(town[0]) == {}


def test_more_than_approved_is_pointed_out_everywhere_it_shows(town, client):
    """The books are upset behind the doors, which would have refused."""
    city, _, built, _ = town
    set_investment(built, Decimal("469999.99"), CHANGE, actor=city.users["finance"])
    assert hints(city) == {"contract_over_approved": 1, "allocated_over_approved": 1}
    answer = get(client, city, "budget_rows", warning="contract_over_approved")
    assert [row[0] for row in answer.context["rows"]] == [built.number]
    set_investment(built, Decimal("470000.00"), CHANGE, actor=city.users["finance"])
    assert hints(city) == {"allocated_over_approved": 1}


def test_an_approved_budget_without_a_contract_is_pointed_out_after_the_months_asked(town):
    city, *_ = town
    day = date(2026, 9, 2)
    with clock.at(day - timedelta(days=1)):
        assert hints(city) == {}
    with clock.at(day):
        assert hints(city) == {"idle": 1}
        assert hints(city, months=7) == {}


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2026, 9, 2), 6, date(2026, 3, 2)),
        (date(2026, 8, 31), 6, date(2026, 2, 28)),
        (date(2024, 3, 31), 1, date(2024, 2, 29)),
        (date(2026, 1, 15), 1, date(2025, 12, 15)),
        (date(2026, 3, 2), 24, date(2024, 3, 2)),
    ],
)
def test_months_before(day, months, expected):
    assert months_before(day, months) == expected


def test_every_hint_can_be_asked_for(city, client):
    for hint in HINTS:
        assert get(client, city, "budget_rows", warning=hint.code).status_code == 200


def test_the_queries_do_not_grow_with_the_projects(city, client):
    counts = []
    for more in (2, 18):
        for number in range(more):
            city.project("filed", "300000.00", name=f"平台{more}-{number}")
        for name in ("dashboard", "budget_rows"):
            get(client, city, name)
            with CaptureQueriesContext(connection) as seen:
                get(client, city, name)
            counts.append(len(seen))
    assert counts[:2] == counts[2:]
