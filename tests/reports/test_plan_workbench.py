"""Here: the workbench of the annual plan: order, cut line, lock, files. Not here: the flag of a single sheet (budget)."""

from decimal import Decimal
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from budget.envelope import set_envelope
from budget.lock import current_lock, lock_plan
from budget.models import PlanLock
from budget.plan import workbench
from egov_projects.walk import submit
from organizations.models import AuditEvent
from projects.errors import Closed, Invalid
from projects.evidence import EVIDENCE, void
from projects.models import Project, ProjectFlag

pytestmark = pytest.mark.django_db
YEAR = 2027


def arrange(
    city, name: str, amount: str, priority: str = "重要", asked: str | None = None, project=None, **fields
) -> Project:
    """An endorsed project whose sheet takes this much of the city's money in the year."""
    project = project or city.project("endorsed", amount, name=name)
    line = {"name": "软件", "type": "软件开发", "asked": asked or amount, "reviewed": amount}
    line |= {"cut_reason": "按市场价核减"} if asked else {}
    data = EVIDENCE["budget_sheet"].example(project) | {
        "priority": priority, "lines": [line],
        "allocations": [{"year": YEAR, "source": "本级财政", "amount": amount}],
    }  # fmt: skip
    submit(project, "budget_sheet", data | fields, actor=city.users["finance"])
    return project


def envelope(city, amount: str) -> None:
    """What the city can spend in the year."""
    set_envelope(actor=city.users["finance"], jurisdiction=city.jurisdiction, year=YEAR, amount=Decimal(amount))


def lock(city) -> None:
    """Finance locks the year."""
    lock_plan(actor=city.users["finance"], jurisdiction=city.jurisdiction, year=YEAR)


def post(client, city, name: str, person: str = "finance", htmx: bool = False, **data):
    """Send a form of the workbench."""
    client.force_login(city.users[person])
    return client.post(reverse(f"reports:{name}", args=[YEAR]), data, headers={"HX-Request": "true"} if htmx else {})


def names(city) -> list[str]:
    """The order."""
    return [row.name for row in workbench(city.jurisdiction, YEAR).rows]


@pytest.fixture
def three(city) -> list[Project]:
    """Three candidates of 300,000 元 each."""
    return [arrange(city, name, "300000.00") for name in ("甲平台", "乙平台", "丙平台")]


def test_candidates_come_by_priority_and_add_up_to_a_line(city):
    arrange(city, "甲平台", "300000.00", "一般")
    arrange(city, "乙平台", "200000.00", "急需", asked="250000.00")
    arrange(city, "丙平台", "100000.00")
    city.project("filed", "900000.00", name="丁平台")
    envelope(city, "300000.00")
    bench = workbench(city.jurisdiction, YEAR)
    assert [(row.name, row.amount, row.running, row.fits) for row in bench.rows] == [
        ("乙平台", Decimal("200000.00"), Decimal("200000.00"), True),
        ("丙平台", Decimal("100000.00"), Decimal("300000.00"), True),
        ("甲平台", Decimal("300000.00"), Decimal("600000.00"), False),
        ("丁平台", None, None, None),
    ]
    assert (bench.line, bench.fitting, bench.wanted, bench.unknown) == (
        3,
        Decimal("300000.00"),
        Decimal("600000.00"),
        1,
    )
    first = bench.rows[0]
    assert (first.asked, first.reviewed, first.cut, first.reasons) == (
        Decimal("250000.00"), Decimal("200000.00"), Decimal("50000.00"), ("软件:按市场价核减",),
    )  # fmt: skip


@pytest.mark.parametrize(("amount", "line"), [("599999.99", 2), ("600000.00", 3), ("600000.01", 3)])
def test_the_line_is_drawn_to_the_fen(city, three, amount, line):
    envelope(city, amount)
    assert workbench(city.jurisdiction, YEAR).line == line


def test_without_an_envelope_nothing_is_said_to_fit(city, three):
    assert {row.fits for row in workbench(city.jurisdiction, YEAR).rows} == {None}


def test_finance_moves_a_candidate_and_the_order_stays(city, client, three):
    answer = post(client, city, "plan_order", project=three[2].pk, to=1)
    assert (answer.status_code, answer["Location"]) == (302, f"/plan/{YEAR}/#row-{three[2].pk}")
    assert names(city) == ["丙平台", "甲平台", "乙平台"]
    post(client, city, "plan_order", project=three[0].pk, to=99)
    assert names(city) == ["丙平台", "乙平台", "甲平台"]
    arrange(city, "丁平台", "100.00", "急需")
    assert names(city) == ["丙平台", "乙平台", "甲平台", "丁平台"]
    event = AuditEvent.objects.filter(action="plan.order").earliest("pk")
    assert (event.actor, event.project_id, event.detail) == (
        city.users["finance"],
        three[2].pk,
        {"before": 3, "after": 1},
    )


def test_htmx_gets_the_table_alone(city, client, three):
    answer = post(client, city, "plan_order", htmx=True, project=three[1].pk, to=1)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert page.lstrip().startswith('<div id="workbench">')
    assert "已移到第 1 位。" in page


@pytest.mark.parametrize("to", ["", "0", "-1", "甲", "1.5", "99999999999"])
def test_a_place_that_is_none_is_refused(city, client, three, to):
    assert post(client, city, "plan_order", project=three[0].pk, to=to).status_code == 400
    assert names(city) == ["甲平台", "乙平台", "丙平台"]


def test_only_finance_orders_and_only_candidates(city, client, three):
    assert post(client, city, "plan_order", "centre", project=three[2].pk, to=1).status_code == 403
    assert post(client, city, "plan_order", "applicant", project=three[2].pk, to=1).status_code == 404
    assert post(client, city, "plan_order", project=city.draft().pk, to=1).status_code == 404
    assert names(city) == ["甲平台", "乙平台", "丙平台"]


def test_the_hint_of_a_project_follows_the_order(city, client, three, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        envelope(city, "600000.00")
    flagged = ProjectFlag.objects.filter(rule="YQ-3.3-1", cleared_on=None)
    with django_capture_on_commit_callbacks(execute=True):
        post(client, city, "plan_order", project=three[2].pk, to=1)
    assert [flag.project_id for flag in flagged] == [three[1].pk]


def test_a_locked_plan_refuses_every_change_and_says_who_can_unlock(city, client, three):
    envelope(city, "600000.00")
    assert post(client, city, "plan_lock", action="lock").status_code == 400  # not confirmed
    assert post(client, city, "plan_lock", confirmed="1", note="会议纪要3号").status_code == 302
    for answer in (
        post(client, city, "plan_order", project=three[2].pk, to=1),
        post(client, city, "plan_year", amount="1.00"),
        post(client, city, "plan_lock", confirmed="1"),
    ):
        assert answer.status_code == 409
        assert "2027年度计划已于 2026-03-02 由市财政局经办锁定" in answer.content.decode()
        assert "请财政局在年度计划页写明理由解锁" in answer.content.decode()
    assert names(city) == ["甲平台", "乙平台", "丙平台"]
    assert workbench(city.jurisdiction, YEAR).available == Decimal("600000.00")


def test_a_locked_year_keeps_its_arrangements(city, three):
    lock(city)
    with pytest.raises(Invalid) as error:
        arrange(city, "", "200000.00", project=three[0])
    assert list(error.value.errors) == ["allocations"]
    arrange(city, "", "300000.00", "急需", project=three[0])
    with pytest.raises(Closed, match="锁定"):
        sheet = EVIDENCE["budget_sheet"].current(three[1])
        void(three[1].pk, "budget_sheet", sheet.pk, actor=city.users["finance"], reason="有误")
    assert EVIDENCE["budget_sheet"].current(three[1]) is not None
    other_year = [{"year": YEAR + 1, "source": "本级财政", "amount": "100.00"}]
    arrange(city, "丁平台", "100.00", allocations=other_year)


def test_unlocking_needs_a_reason_and_both_stay_on_file(city, client, three):
    lock(city)
    assert post(client, city, "plan_lock", action="unlock", reason=" ").status_code == 400
    assert post(client, city, "plan_lock", "centre", action="unlock", reason="调整").status_code == 403
    assert current_lock(city.jurisdiction.pk, YEAR) is not None
    assert post(client, city, "plan_lock", action="unlock", reason="追加财力").status_code == 302
    assert current_lock(city.jurisdiction.pk, YEAR) is None
    assert list(PlanLock.objects.order_by("id").values_list("locked", "reason")) == [(True, ""), (False, "追加财力")]
    actions = AuditEvent.objects.filter(action__startswith="plan.").order_by("pk").values_list("action", flat=True)
    assert list(actions) == ["plan.lock", "plan.unlock"]
    assert post(client, city, "plan_lock", action="unlock", reason="再来").status_code == 409


def test_the_page_and_the_file_say_the_same(city, client, three):
    envelope(city, "600000.00")
    client.force_login(city.users["audit"])
    page = client.get(reverse("reports:plan_year", args=[YEAR])).content.decode()
    assert page.index("乙平台") < page.index("财力线") < page.index("丙平台")
    assert "移到" not in page
    answer = client.get(reverse("exchange:export", args=["annual-plan"]), {"year": YEAR})
    rows = list(load_workbook(BytesIO(answer.content))[f"{YEAR}年度候选项目"].iter_rows(min_row=2, values_only=True))
    assert [(row[0], row[2], row[10], row[12], row[13]) for row in rows] == [
        (1, "甲平台", 300000, 300000, "可安排"),
        (2, "乙平台", 300000, 600000, "可安排"),
        (3, "丙平台", 300000, 900000, "超出"),
        ("合计", None, "=SUM(K2:K4)", None, None),
    ]


def test_the_queries_do_not_grow_with_the_candidates(city, client):
    counts = []
    for more in (2, 6):
        for number in range(more):
            arrange(city, f"平台{more}-{number}", "100.00")
        client.force_login(city.users["finance"])
        address = reverse("reports:plan_year", args=[YEAR])
        client.get(address)
        with CaptureQueriesContext(connection) as seen:
            client.get(address)
        counts.append(len(seen))
    assert counts[0] == counts[1]
