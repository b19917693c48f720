"""Here: the inbox as a page: order, words of time limits, filters, counts, pages by key. Not here: who has to do what."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from deadlines.calendar import city_calendar
from deadlines.models import Deadline
from desk import board, own
from desk.consulting import consult
from desk.handing import hand
from desk.inbox import mine_to_do
from desk.models import Duty
from organizations import clock
from organizations.models import Delegation, User
from projects.scope import visible_projects
from projects.transitions import perform

MONDAY = date(2026, 3, 2)


def with_clock(project, code, due, who="centre", **more):
    return Deadline.objects.create(
        project=project, code=code, rule="YQ-3.5-5", label="招标文件审查", who=who, starts_on=MONDAY, waits_from=MONDAY,
        unit="working_days", trigger="move:file", **({"within": 5, "due_on": due} if due else {}), **more,
    )  # fmt: skip


@pytest.fixture
def desks(city):
    """Four projects with the centre: late, due on Thursday, paused, without a figure."""
    projects = [city.project("filed", name=name) for name in ("迟了", "周四", "停表", "无期限")]
    with_clock(projects[0], "a", date(2026, 2, 26))
    with_clock(projects[1], "a", date(2026, 3, 5))
    with_clock(projects[2], "a", None, stopped=True)
    return city


def lines(user, **asked):
    rows, _ = board.page(user, asked)
    return [(row.duty.project.name, row.chip.text) for row in rows]


def test_the_most_urgent_comes_first_and_says_so(desks):
    assert lines(desks.users["centre"]) == [
        ("迟了", "超期 3 个工作日"), ("周四", "周四到期"), ("停表", "计时暂停"), ("无期限", "今天到达"),
    ]  # fmt: skip
    assert board.counts(desks.users["centre"]) == {"total": 4, "late": 1, "week": 1}
    assert board.counts(desks.users["finance"]) == {"total": 0, "late": 0, "week": 0}


@pytest.mark.parametrize(
    "due, paused, text, mark",
    [
        (date(2026, 3, 1), False, "超期 1 个工作日", "refuses"),
        (date(2026, 2, 27), False, "超期 2 个工作日", "refuses"),  # Saturday 02-28 is worked (调休)
        (date(2026, 3, 2), False, "今天到期", "flags"),
        (date(2026, 3, 8), False, "周日到期", "flags"),
        (date(2026, 3, 9), False, "3月9日到期", ""),
        (date(2027, 1, 4), False, "2027-01-04到期", ""),
        (None, True, "计时暂停", ""),
        (None, False, "已等待 6 天", ""),
    ],
)
def test_time_limits_in_words(db, due, paused, text, mark):
    chip = board.chip(due, paused, date(2026, 2, 24), MONDAY, city_calendar())
    assert (chip.text, chip.mark) == (text, mark)


@pytest.mark.parametrize(
    "asked, names",
    [
        ({"due": "late"}, ["迟了"]),
        ({"due": "week"}, ["周四"]),
        ({"due": "paused"}, ["停表"]),
        ({"due": "undated"}, ["无期限"]),
        ({"what": "受理登记"}, ["迟了", "周四", "停表", "无期限"]),
        ({"what": "别的"}, []),
        ({"q": "周四"}, ["周四"]),
    ],
)
def test_filters(desks, asked, names):
    assert [name for name, _ in lines(desks.users["centre"], **asked)] == names


def test_pages_by_key_miss_and_repeat_nothing(desks, monkeypatch):
    monkeypatch.setattr(board, "PAGE", 1)
    seen, after = [], ""
    for _ in range(4):
        rows, after = board.page(desks.users["centre"], {"after": after})
        seen += [row.duty.project.name for row in rows]
    assert (seen, after) == (["迟了", "周四", "停表", "无期限"], "")


@pytest.mark.parametrize("query", ["after=x", "after=2026-99-99~1", "due=nonsense", "whose=all", "q=%00", "after=~1"])
def test_what_cannot_be_read_is_passed_over(desks, client, query):
    client.force_login(desks.users["centre"])
    assert client.get(f"/?{query}").status_code == 200


def test_handed_work_lies_with_the_colleague_and_whoever_stands_in(city):
    project = city.draft()
    duty = project.duties.get()
    third = User.objects.create_user("third", password="x", organization=city.unit, display_name="三号")
    hand(project, duty.pk, actor=city.applicant, taker_id=city.users["sibling"].pk, note="请接着填")
    assert lines(city.applicant) == lines(third) == []
    (row,) = board.page(city.users["sibling"], {})[0]
    assert row.hint == "市城市管理局经办转办:请接着填"
    assert [row.hint for row in board.page(city.applicant, {"whose": "unit"})[0]] == ["由市城市管理局经办承办"]
    Delegation.objects.create(
        principal=city.users["sibling"], delegate=third, reason="出差", starts_on=clock.today(), ends_on=clock.today()
    )
    third = User.objects.get(pk=third.pk)
    assert [row.hint for row in board.page(third, {})[0]] == ["受市城市管理局经办委托"]
    assert Duty.objects.get(pk=duty.pk).assignee == city.users["sibling"]


def test_the_page_counts_and_offers_the_first(desks, client):
    client.force_login(desks.users["centre"])
    page = client.get("/").content.decode()
    assert '今天要办 <span class="num">4</span> 件' in page
    assert '<span class="num">1</span> 件已超期' in page and '<span class="num">1</span> 件本周到期' in page
    assert "从第一件开始" in page
    client.force_login(desks.users["tender"])
    assert "没有等您办理的事项" in client.get("/").content.decode()


def test_a_units_own_projects_by_stage_and_its_drafts(city, client):
    draft, filed = city.draft(name="草稿甲"), city.project("filed")
    counted = {stage.name: stage.count for stage in own.stages(city.applicant)}
    assert counted == {"申报": 1, "预审": 1, "预算": 0, "评审": 0, "采购": 0, "建设": 0, "验收": 0, "绩效": 0}
    client.force_login(city.applicant)
    page = client.get("/").content.decode()
    assert "继续填写" in page and draft.name in page
    listed = client.get(
        next(stage.url for stage in own.stages(city.applicant) if stage.name == "预审")
    ).content.decode()
    assert filed.number in listed and draft.number not in listed
    assert own.stages(city.users["other"]) == []


def test_the_page_costs_the_same_at_2_and_20_rows(city, client):
    client.force_login(city.users["centre"])

    def queries():
        with CaptureQueriesContext(connection) as asked:
            assert client.get("/").status_code == 200
        return len(asked)

    first = city.project("filed", name="甲")
    city.project("filed", name="乙")
    queries()
    two = queries()
    for number in range(18):
        Duty.objects.create(
            project=first, holder=f"office:{city.jurisdiction.pk}:centre", role="centre", kind=Duty.TASK,
            name=f"t{number}", label="另一事项", since=MONDAY,
        )  # fmt: skip
    assert queries() == two
    assert two <= 18


def test_whatever_lies_on_a_desk_may_be_seen_by_it(city):
    """The queue is the scope of the inbox (desk.inbox.mine_to_do): held here for everybody over projects in many states."""
    for state in ("filed", "endorsed", "procuring"):
        city.project(state, name=state)
    returned = city.project("filed", name="退回")
    offices = [f"office:{city.jurisdiction.pk}:{role}" for role in ("finance", "audit")]
    consult(returned, actor=city.users["centre"], question="?", to=offices)
    city.draft(name="草稿")
    perform(returned.pk, "recall", actor=city.applicant)
    for role, user in city.users.items():
        mine = mine_to_do(user, whole_unit=True)
        hidden = mine.exclude(project__in=visible_projects(user)).values_list("label", flat=True)
        assert list(hidden) == [], role
    assert mine_to_do(city.users["audit"]).filter(project=returned).exists(), "audit sees drafts"
    assert not mine_to_do(city.users["finance"]).filter(project=returned).exists(), "finance does not"
