"""Here: the review queue: what is in it, filters, order, reasons, saved views, keyboard hooks. Not here: handling many."""

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from deadlines.models import Deadline
from desk.models import SavedView
from organizations import clock
from organizations.models import User
from projects.transitions import perform
from reviews.queue import QueueFilter, asked_for, counts, neighbours, queue, waiting
from reviews.reasons import due_in_words, reasons


def person(city, name):
    """Read anew, as a request would."""
    return User.objects.select_related("organization").get(pk=city.users[name].pk)


def browser(city, name="centre") -> Client:
    client = Client()
    client.force_login(city.users[name])
    return client


def shown(city, name="centre", **asked) -> list[str]:
    """Names of the projects in the queue as asked."""
    rows = queue(person(city, name))
    form = QueueFilter({key: str(value) for key, value in asked.items()}, waiting=waiting(rows))
    assert form.is_valid(), form.errors
    return [duty.project.name for duty in asked_for(rows, form.cleaned_data)]


@pytest.fixture
def three(city):
    """Three filings of the unit, 50, 120 and 300 万元."""
    amounts = {"门户": "500000.00", "云桌面": "1200000.00", "视频会议": "3000000.00"}
    return {name: city.project("filed", amount, name=name) for name, amount in amounts.items()}


def clock_of(project, **fields) -> None:
    """A running clock of the centre on the project."""
    start = {"rule": "YQ-3.5-5", "label": "审查", "who": "centre", "trigger": "test", "unit": "days"}
    day = date(2026, 3, 2)
    Deadline.objects.create(project=project, code="test", starts_on=day, waits_from=day, **start, **fields)


def test_what_waits_for_the_centre_and_for_nobody_else(city, three):
    city.draft(name="草稿")
    assert shown(city) == ["门户", "云桌面", "视频会议"]
    assert shown(city, "gov_office") == []
    assert list(queue(person(city, "finance"))) == list(queue(person(city, "applicant"))) == []


@pytest.mark.parametrize(
    ("asked", "names"),
    [
        ({"low": "50"}, ["门户", "云桌面", "视频会议"]),
        ({"low": "50.01"}, ["云桌面", "视频会议"]),
        ({"low": "50.01", "high": "120"}, ["云桌面"]),
        ({"q": "云"}, ["云桌面"]),
        ({"q": "城市管理"}, ["门户", "云桌面", "视频会议"]),
        ({"task": "filing_receipt"}, ["门户", "云桌面", "视频会议"]),
        ({"task": "endorse"}, []),
        ({"kind": "运维"}, []),
        ({"alike": "on"}, []),
        ({"sort": "high"}, ["视频会议", "云桌面", "门户"]),
        ({"sort": "low"}, ["门户", "云桌面", "视频会议"]),
    ],
)
def test_filters_and_order(city, three, asked, names):
    assert shown(city, **asked) == names


def test_unit_and_batch(city, three):
    assert shown(city, unit=city.unit.pk, batch=city.batch.pk) == ["门户", "云桌面", "视频会议"]
    assert shown(city, unit=city.other_unit.pk) == []


def test_by_deadline_the_day_before_on_and_after(city, three):
    """Monday 2026-03-02: late is before today, this week goes to Sunday; then the paused, then those without."""
    clock_of(three["门户"], within=5, due_on=date(2026, 3, 1))
    clock_of(three["云桌面"], within=5, due_on=date(2026, 3, 8))
    clock_of(three["视频会议"], within=5, stopped=True)
    assert shown(city, deadline="late") == ["门户"]
    assert shown(city, deadline="week") == ["云桌面"]
    assert shown(city, deadline="paused") == ["视频会议"]
    assert shown(city, deadline="none") == []
    assert counts(queue(person(city, "centre"))) == {"total": 3, "late": 1, "week": 1}
    assert [due_in_words(duty) for duty in queue(person(city, "centre")).order_by("id")] == [
        ("超期 1 天", "refuses"), ("周日到期", "flags"), ("计时暂停", "not_applicable"),
    ]  # fmt: skip
    with clock.at(date(2026, 3, 9)):
        assert shown(city, deadline="week") == []
        assert shown(city, deadline="late") == ["门户", "云桌面"]


def test_why_a_row_matters(city, desk, three):
    twin = city.project("filed", name="门户二期", categories=three["门户"].categories)
    desk.record(three["云桌面"], "return_letter")
    desk.do(three["云桌面"], "return_filing")
    desk.answer(three["云桌面"])
    desk.do(three["云桌面"], "file", by="applicant")
    desk.record(three["视频会议"], "filing_receipt")
    rows = list(queue(person(city, "centre")))
    why = {duty.project.name: text for duty, text in ((duty, reasons(rows)[duty.pk]) for duty in rows)}
    assert "补正后重新提交(第 2 次申报)" in why["云桌面"]
    assert why["视频会议"].endswith("提示:已受理,未出意见")
    assert "个疑似重复待判定" in why[twin.name]
    assert set(shown(city, alike="on")) >= {"门户", "门户二期"}


def test_a_row_without_anything_special_says_since_when_it_waits(city):
    city.project("filed")
    [duty] = queue(person(city, "centre"))
    assert due_in_words(duty) == ("今天到达", "")
    with clock.at(date(2026, 3, 5)):
        assert reasons([duty]) == {duty.pk: "2026-03-02 到达"}
        assert due_in_words(duty) == ("已等待 3 天", "")


def test_a_row_says_who_has_taken_it(city):
    city.project("filed")
    queue(person(city, "centre")).update(assignee=city.users["centre"])
    [duty] = queue(person(city, "centre"))
    assert reasons([duty]) == {duty.pk: "由市电子政务中心经办承办"}


def test_neighbours_skip_the_project_itself_and_close_the_gap_of_one_that_is_done(city, three):
    rows = queue(person(city, "centre")).order_by("id")
    numbers = [project.number for project in three.values()]
    assert neighbours(rows, 0, numbers[0]) == {"before": None, "after": (1, numbers[1])}
    assert neighbours(rows, 1, numbers[1]) == {"before": (0, numbers[0]), "after": (2, numbers[2])}
    assert neighbours(rows, 2, numbers[2]) == {"before": (1, numbers[1]), "after": None}
    assert neighbours(rows, 1, "gone") == {"before": (0, numbers[0]), "after": (1, numbers[1])}


def test_the_page_says_how_much_waits_and_where_it_leads(city, three):
    answer = browser(city).get("/review/", {"sort": "high", "low": "60"})
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "待审核 3 件" in page and "当前筛选出 2 件" in page
    assert f'href="/review/{three["视频会议"].number}/?sort=high&amp;low=60&amp;queue=0"' in page


def test_a_task_leads_to_the_page_where_it_is_done(city):
    for name in ("门户", "门户二期"):
        project = city.project("filed", name=name)
    page = browser(city).get("/review/").content.decode()
    assert f'href="/projects/{project.number}/records/filing_receipt/">受理登记' in page
    assert f'href="{reverse("reviews:duplicates", args=[project.number])}">重复判定' in page


def test_an_unreadable_filter_is_an_error_at_its_field(city, three):
    answer = browser(city).get("/review/", {"low": "十万"})
    assert answer.status_code == 400
    assert "请填写金额数字" in answer.content.decode()
    assert browser(city).get("/review/", {"low": "5", "high": "4"}).status_code == 400


@pytest.mark.parametrize(
    ("name", "status"), [("centre", 200), ("gov_office", 200), ("finance", 403), ("applicant", 403)]
)
def test_the_queue_is_for_the_reviewing_offices(city, name, status):
    assert browser(city, name).get("/review/").status_code == status


def test_more_rows_cost_no_more_queries(city):
    """The projects look alike, so that some wait for the judgement of pairs as well."""

    def cost(rows: int) -> int:
        with CaptureQueriesContext(connection) as asked:
            page = browser(city).get("/review/").content.decode()
        assert page.count("data-row") == rows
        return len(asked)

    for number in range(2):
        city.project("filed", name=f"门户{number}")
    two = cost(queue(person(city, "centre")).count())
    for number in range(2, 20):
        city.project("filed", name=f"门户{number}")
    waiting = queue(person(city, "centre")).count()
    assert waiting >= 20
    assert cost(waiting) == two


def test_views_are_saved_renamed_chosen_and_deleted(city, three):
    centre = browser(city)
    centre.post("/views/", {"page": "reviews:queue", "name": "大项目", "query": "low=100&sort=high&page=3&q="})
    view = SavedView.objects.get()
    assert (view.name, view.query, view.default) == ("大项目", "low=100&sort=high", False)
    centre.post(f"/views/{view.pk}/", {"do": "rename", "name": "百万以上"})
    centre.post(f"/views/{view.pk}/", {"do": "default"})
    assert centre.get("/review/").headers["location"] == "/review/?low=100&sort=high"
    page = centre.get("/review/?low=100&sort=high").content.decode()
    assert "百万以上" in page and "当前筛选出 2 件" in page
    assert centre.get("/review/?view=all").status_code == 200
    centre.post(f"/views/{view.pk}/", {"do": "delete"})
    assert SavedView.objects.count() == 0 and centre.get("/review/").status_code == 200


def test_there_is_one_default_and_asking_again_takes_it_away(city):
    centre = browser(city)
    for name in ("甲", "乙"):
        centre.post("/views/", {"page": "reviews:queue", "name": name, "query": "sort=new"})
    first, second = SavedView.objects.all()
    for view, standing in ((first, ["甲"]), (second, ["乙"]), (second, [])):
        centre.post(f"/views/{view.pk}/", {"do": "default"})
        assert list(SavedView.objects.filter(default=True).values_list("name", flat=True)) == standing


def test_a_view_is_its_owners_alone(city):
    browser(city).post("/views/", {"page": "reviews:queue", "name": "甲", "query": "sort=new"})
    view = SavedView.objects.get()
    assert browser(city, "gov_office").post(f"/views/{view.pk}/", {"do": "delete"}).status_code == 404
    assert "甲</a>" not in browser(city, "gov_office").get("/review/").content.decode()
    assert browser(city).get(f"/views/{view.pk}/").status_code == 405


def test_a_view_needs_a_name_and_a_list_that_takes_views(city):
    centre = browser(city)
    centre.post("/views/", {"page": "reviews:queue", "name": " ", "query": "sort=new"})
    assert centre.post("/views/", {"page": "projects:ledger", "name": "甲", "query": ""}).status_code == 404
    assert SavedView.objects.count() == 0


def test_a_saved_view_of_something_that_waits_no_more_still_opens(city, three):
    answer = browser(city).get("/review/", {"task": "approve_scheme"})
    assert answer.status_code == 200
    assert '<option value="approve_scheme" selected>' in answer.content.decode()


def test_nothing_waits(city):
    project = city.project("filed")
    perform(project.pk, "withdraw", actor=city.applicant, note="不再建设")
    assert "没有待审核的事项" in browser(city).get("/review/").content.decode()
