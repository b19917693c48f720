"""Here: clocks across projects: filters, offices, the page, the sheet. Not here: REST (test_api.py), figures (test_statistics.py)."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from deadlines import board
from deadlines.models import Deadline, DeadlineStop
from organizations import clock
from organizations.models import User
from tests.conftest import build_city

TODAY = date(2026, 3, 16)


def running(project, code, due, *, who="centre", within=5, **more):
    return Deadline.objects.create(
        project=project, code=code, rule="YQ-3.5-5", label=f"事项{code}", who=who, starts_on=date(2026, 3, 2),
        waits_from=date(2026, 3, 2), within=within, unit="working_days", trigger="move:file", due_on=due, **more,
    )  # fmt: skip


@pytest.fixture
def clocks_of_three(db):
    """A late, a soon, a stopped and an undated clock of the centre, a met one, one of the unit; on Monday 2026-03-16."""
    with clock.at(date(2026, 3, 2)):
        city = build_city()
        filed, draft = city.project("filed", name="甲平台"), city.draft(name="乙草稿")
    with clock.at(TODAY):
        running(filed, "late", date(2026, 3, 11), status="late")
        running(filed, "soon", date(2026, 3, 19))
        still = running(filed, "still", None, stopped=True)
        DeadlineStop.objects.create(deadline=still, cause="suspend", starts_on=date(2026, 3, 9))
        running(filed, "wait", None, within=None)
        running(filed, "done", date(2026, 3, 9), status="met", met_on=date(2026, 3, 10))
        running(draft, "unit", date(2026, 4, 30), who="applicant")
        yield city


def codes(user, **asked):
    form = board.Asked(asked, user=user)
    return [each.code for each in board.rows(user, form.asked)]


@pytest.mark.parametrize(
    "asked, expected",
    [
        ({}, ["late", "soon", "unit", "still", "wait"]),
        ({"state": "late"}, ["late"]),
        ({"state": "week"}, ["soon"]),
        ({"state": "stopped"}, ["still"]),
        ({"state": "undated"}, ["wait"]),
        ({"state": "running"}, ["soon", "unit", "still"]),
        ({"state": "met_late"}, ["done"]),
        ({"state": "met_in_time"}, []),
        ({"who": "applicant"}, ["unit"]),
        ({"code": "soon"}, ["soon"]),
        ({"rule": "YQ-3.5-5", "stage": "申报"}, ["unit"]),
        ({"stage": "预审"}, ["late", "soon", "still", "wait"]),
        ({"q": "乙草"}, ["unit"]),
        ({"month": "2026-03"}, ["late", "soon", "unit", "still", "wait"]),
        ({"month": "2026-04"}, []),
        ({"year": "2025"}, []),
        ({"state": "nonsense", "month": "x", "unit": "0"}, ["late", "soon", "unit", "still", "wait"]),
    ],
)
def test_filters(clocks_of_three, asked, expected):
    assert codes(clocks_of_three.users["gov_office"], **asked) == expected


def test_everybody_sees_the_clocks_of_visible_projects_only(clocks_of_three):
    assert codes(clocks_of_three.users["centre"]) == ["late", "soon", "still", "wait"], "no draft of others"
    assert codes(clocks_of_three.users["other"]) == []
    with clock.at(date(2026, 3, 2)):
        assert codes(build_city("elsewhere").users["gov_office"]) == []


def test_offices_side_by_side(clocks_of_three):
    lines = board.offices(clocks_of_three.users["gov_office"], {})
    assert lines == [
        board.OfficeLine("centre", "市电子政务中心", live=4, late=1, worst=3, week=1, stopped=1, escalated=0),
        board.OfficeLine("applicant", "建设单位", live=1, late=0, worst=0, week=0, stopped=0, escalated=0),
    ]


def test_rows_say_how_late_and_what_stops_them(clocks_of_three):
    user = clocks_of_three.users["gov_office"]
    lines = {each.deadline.code: each for each in board.in_words(board.with_projects(board.rows(user, {})), user)}
    said = {code: (line.office, line.state, line.late, line.why, line.allowed) for code, line in lines.items()}
    assert said == {
        "late": ("市电子政务中心", "已超期", 3, "", "5个工作日"),
        "soon": ("市电子政务中心", "七天内到期", 0, "", "5个工作日"),
        "still": ("市电子政务中心", "停表", 0, "项目暂停(2026-03-09起)", "5个工作日"),
        "wait": ("市电子政务中心", "已等待 14 天", 0, "", "文中无期限"),
        "unit": ("市城市管理局", "办理中", 0, "", "5个工作日"),
    }


def test_the_sheet_has_the_rows_of_the_board(clocks_of_three):
    user = clocks_of_three.users["gov_office"]
    first, *others = board.values(user, {"who": "centre"})
    number = Deadline.objects.get(code="late").project.number
    assert len(others) == 3 and len(first) == len(board.COLUMNS)
    assert first == [
        number, "甲平台", "市城市管理局", "事项late", "YQ-3.5-5", "三(五)", "市电子政务中心", date(2026, 3, 2), 5, "个工作日",
        date(2026, 3, 11), "", "已超期", 3, "", None, None,
    ]  # fmt: skip


def test_the_page_costs_the_same_at_6_and_46_rows_and_is_paged(clocks_of_three, client):
    client.force_login(clocks_of_three.users["gov_office"])
    row = Deadline.objects.filter(code="late").values().get()

    def queries():
        with CaptureQueriesContext(connection) as asked:
            page = client.get("/deadlines/")
        return len(asked), page.content.decode()

    queries()
    few, _ = queries()
    Deadline.objects.bulk_create([Deadline(**row | {"id": None, "code": f"c{at}"}) for at in range(60)])
    many, page = queries()
    assert (few, many <= 20) == (many, True)
    assert "共 65 条" in page and "第 1 / 2 页" in page
    assert "第 2 / 2 页" in client.get("/deadlines/?page=2").content.decode()


def test_a_view_of_the_board_can_be_saved(clocks_of_three, client):
    client.force_login(clocks_of_three.users["gov_office"])
    saved = {"page": "deadlines:board", "name": "中心超期", "query": "who=centre&state=late"}
    assert client.post("/views/", saved)["Location"] == "/deadlines/?who=centre&state=late"
    assert "中心超期" in client.get("/deadlines/").content.decode()


@pytest.mark.parametrize("query", ["page=x", "page=99", "unit=x", "q=%00", "month=2026-13", "year=99999", "rule=%27"])
def test_what_cannot_be_read_is_passed_over(clocks_of_three, client, query):
    client.force_login(User.objects.get(username="centre"))
    assert client.get(f"/deadlines/?{query}").status_code == 200
