"""Here: the kept sums are those of the raw rows, whatever happens. Not here: what the dashboard shows of them."""

import threading
from decimal import Decimal
from io import StringIO
from itertools import product

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from egov_projects.walk import submit
from organizations import clock
from organizations.models import Post, User
from projects.errors import ProjectError
from projects.evidence import EVIDENCE, void
from projects.investment import CHANGE, set_investment
from projects.models import Project
from projects.transitions import perform
from reports.chain import FIGURES, with_chain
from reports.dashboard import Dashboard
from reports.drift import check, compare, rebuild
from reports.effects import READ
from reports.models import ProjectFigures, RollupCheck, Tally
from reports.rollups import fold, refresh
from tests.conftest import TODAY, build_city

pytestmark = pytest.mark.django_db


def town_of(city) -> list[Project]:
    """One filed, one of another kind with its budget, one with contract and payment; all changes not yet folded."""
    built = city.project("contracted", "500000.00", fields={"contract": {"amount": "470000.00"}})
    pay(city, built)
    return [city.project("filed", "300000.00", name="排水监测平台"), built,
            city.project("budgeted", "200000.00", kind="运行维护", name="城管平台运维")]  # fmt: skip


@pytest.fixture
def town(city):
    """The city and its three projects."""
    return city, town_of(city)


def pay(city, project, amount: str = "1000.10"):
    """One payment by finance."""
    data = {"amount": amount, "kind": "设计费", "paid_on": TODAY.isoformat(), "payee": "某公司"}
    return submit(project, "payment", data, actor=city.users["finance"])[0]


def take_back(city, project) -> None:
    """The newest payment is voided."""
    from budget.models import Payment

    newest = Payment.objects.filter(project=project, voided_at=None).order_by("-pk").first()
    if newest:
        void(project.pk, "payment", newest.pk, actor=city.users["finance"], reason="有误")


def move(name: str, role: str):
    """One move of the map."""
    return lambda city, project: perform(project.pk, name, actor=city.walker().actor(project, role), note="更正")


ACTS = {
    "pay": pay,
    "take_back": take_back,
    "forward": lambda city, project: city.walker().step(project),
    "step_back": move("step_back", "finance"),
    "return": move("return_filing", "centre"),
    "recall": move("recall", "applicant"),
    "reject": move("reject", "centre"),
    "suspend": move("suspend", "gov_office"),
    "resume": move("resume", "gov_office"),
    "change": lambda city, project: set_investment(project, Decimal("480000.00"), CHANGE, actor=city.users["finance"]),
    "restate": lambda city, project: city.walker().record(
        project, "filing", {"plan_year": 2028, "kind": "升级改造", "batch": city.batch.pk}
    ),
    "fold": lambda city, project: fold(),
}


def act(city, name: str, project: Project) -> None:
    """Try it; what the doors refuse leaves nothing behind."""
    try:
        with transaction.atomic():
            ACTS[name](city, Project.objects.get(pk=project.pk))
    except (ProjectError, RuntimeError):
        pass


@pytest.mark.lifecycle
def test_after_any_walk_the_sums_are_those_of_the_raw_rows(town):
    city, projects = town
    changed = set()

    @settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
    @given(st.lists(st.tuples(st.sampled_from(sorted(ACTS)), st.sampled_from(projects)), min_size=3, max_size=8))
    def walk(acts):
        before = Tally.objects.count()
        with transaction.atomic(), clock.at(TODAY):
            for name, project in acts:
                act(city, name, project)
            changed.add(Tally.objects.count() != before)
            drift = check()
            assert (drift.projects, drift.words(), drift.wrong) == (_filed(), [], [])
            transaction.set_rollback(True)

    walk()
    assert changed == {True, False} or changed == {True}


def _approved() -> tuple[Decimal, int]:
    amounts = [row.approved for row in with_chain(Project.objects.exclude(state="draft"))]
    return sum(amounts), len(amounts)


def _filed() -> int:
    return Project.objects.exclude(state="draft").count()


def test_every_combination_of_filters_says_what_the_raw_rows_say(town):
    city, projects = town
    perform(projects[0].pk, "suspend", actor=city.users["gov_office"], note="核查")
    other = city.users["other"]
    raw = list(with_chain(Project.objects.exclude(state="draft")))
    stages = Dashboard(other, city.jurisdiction, {}).stages
    found = []
    for year, unit, kind, stage in product(
        (None, 2027, 2026), (None, city.unit, city.other_unit), ("", "新建", "运行维护"), ("", *stages)
    ):
        asked = {"year": year, "unit": unit, "kind": kind, "stage": stage}
        total = Dashboard(city.users["finance"], city.jurisdiction, asked).total
        rows = [
            row for row in raw
            if year in (None, row.year) and unit in (None, row.department) and kind in ("", row.kind)
            and (not stage or row.state in stages[stage])
        ]  # fmt: skip
        assert total.projects == len(rows), asked
        for name in FIGURES:
            known = [getattr(row, name) for row in rows if getattr(row, name) is not None]
            assert total.total(name) == (sum(known) if known else None), (asked, name)
        found.append(total.projects)
    assert set(found) == {0, 1, 2, 3}
    assert Dashboard(other, city.jurisdiction, {}).total.projects == 0


def test_folding_changes_no_sum_and_leaves_a_row_a_place(city):
    project = city.project("filed", "300000.00")
    city.project("filed", "200000.00", kind="运行维护")
    perform(project.pk, "suspend", actor=city.users["gov_office"], note="核查")
    before = Dashboard(city.users["finance"], city.jurisdiction, {}).total
    assert (before.total("declared"), Tally.objects.count()) == (Decimal("500000.00"), 4)
    assert fold() == 2
    assert sorted(Tally.objects.values_list("folded", "projects", "declared", "state")) == [
        (True, 1, Decimal("200000.00"), "filed"),
        (True, 1, Decimal("300000.00"), "suspended"),
    ]
    assert Dashboard(city.users["finance"], city.jurisdiction, {}).total == before
    assert (fold(), refresh(project.pk), Tally.objects.count()) == (0, False, 2)


def upset(project: Project) -> None:
    """Somebody writes behind the doors: a declared total, a lost row of sums, a row of sums too many."""
    Project.objects.filter(pk=project.pk).update(declared_total=Decimal("300000.07"))
    Tally.objects.filter(state="budgeted").delete()
    Tally.objects.create(jurisdiction_id=project.jurisdiction_id, department_id=project.department_id, state="filed",
                         kind="新建", year=2027, fiscal=True, paid=Decimal("-0.01"))  # fmt: skip


def test_a_drift_is_named_place_by_place_kept_and_never_mended_by_itself(town):
    _, projects = town
    upset(projects[0])
    for _ in range(2):
        (found,) = compare()
    assert RollupCheck.objects.count() == 2
    assert found.projects == 3
    filed = projects[0].get_state_display()
    assert f"市城市管理局 · {filed} · 新建 · 2027:申报 少计 0.07" in found.differences
    assert f"市城市管理局 · {filed} · 新建 · 2027:已付 少计 0.01" in found.differences
    assert "市城市管理局 · 已安排预算 · 运行维护 · 2027:批复 少计 200000.00" in found.differences
    with pytest.raises(CommandError, match=f"申报 少计 0.07[^$]*project {projects[0].pk}:"):
        call_command("rollups", "check")


def test_a_difference_is_shown_to_those_who_look_after_it(city, client):
    check_page = reverse("reports:checks")
    client.force_login(city.users["finance"])
    compare()
    assert "最近一次核对没有差异" in client.get(check_page).content.decode()
    assert "处差异" not in client.get("/budget/").content.decode()
    upset(city.project("filed", "300000.00"))
    neighbour = build_city("elsewhere")
    compare()
    client.force_login(neighbour.users["finance"])
    assert "最近一次核对没有差异" in client.get(check_page).content.decode()
    assert "处差异" not in client.get("/budget/").content.decode()
    client.force_login(city.users["finance"])
    assert "合计与原始登记有 2 处差异" in client.get("/budget/").content.decode()
    assert "申报 少计 0.07" in client.get(check_page).content.decode()
    keeper = User.objects.create_user("keeper", password="x", display_name="系统管理员", post=Post.SYSTEM_ADMIN)
    client.force_login(keeper)
    page = client.get(check_page).content.decode()
    assert "最近一次核对有 2 处差异" in page
    assert "0.07" not in page


def test_a_rebuild_puts_everything_right_and_touches_no_neighbour(town):
    city, projects = town
    neighbour = build_city("elsewhere")
    far = neighbour.project("filed", "900000.00")
    upset(projects[0])
    ProjectFigures.objects.filter(pk__in=[projects[1].pk, far.pk]).delete()
    rebuild(city.jurisdiction)
    assert not check(city.jurisdiction).found
    assert check(neighbour.jurisdiction).wrong == [far.pk]
    said = StringIO()
    call_command("rollups", "rebuild", stdout=said)
    assert said.getvalue().endswith("4 projects compared, difference 0.00\n")
    assert Dashboard(city.users["finance"], city.jurisdiction, {}).total.total("declared") == Decimal("1000000.07")


def test_every_kind_of_evidence_that_is_added_up_is_listened_to():
    asked = str(with_chain(Project.objects.all()).query)
    tables = {
        name: {model._meta.db_table for model, _ in [(kind.form._meta.model, ""), *kind.form.line_models.values()]}
        for name, kind in EVIDENCE.items()
    }
    assert {name for name, mine in tables.items() if any(f'"{table}"' in asked for table in mine)} == READ


def test_the_dashboard_asks_the_tallies_only(city, client):
    city.project("filed", "300000.00")
    client.force_login(city.users["finance"])
    client.get("/budget/")
    with CaptureQueriesContext(connection) as seen:
        assert client.get("/budget/").status_code == 200
    asked = [query["sql"] for query in seen if "desk_duty" not in query["sql"]]  # the inbox's badge
    assert sum("reports_tally" in sql for sql in asked) == 2
    assert not [sql for sql in asked if "projects_project" in sql or "budget_payment" in sql]


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_many_at_once_with_folds_and_a_rebuild_between_them_leave_no_difference():
    with clock.at(TODAY):
        city = build_city()
        projects = [city.project("filed", "300000.00", name=name) for name in ("排水监测平台", "智慧城管平台")]
    ProjectFigures.objects.filter(pk=projects[0].pk).delete()
    errors, start = [], threading.Barrier(7)

    def run(work) -> None:
        start.wait()
        try:
            with clock.at(TODAY):
                for _ in range(3):
                    work()
        except Exception as error:
            errors.append(error)
        finally:
            connection.close()

    def change(project: Project, amount: str) -> None:
        with transaction.atomic():
            locked = Project.objects.select_for_update().get(pk=project.pk)
            set_investment(locked, locked.investment + Decimal(amount), CHANGE, actor=city.users["finance"])

    works = [
        lambda: change(projects[0], "0.01"),
        lambda: change(projects[0], "0.03"),
        lambda: change(projects[1], "0.05"),
        lambda: act(city, "recall", projects[1]),
        lambda: act(city, "forward", projects[1]),
        fold,
        rebuild,
    ]
    threads = [threading.Thread(target=run, args=[work]) for work in works]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert errors == []
    rebuild()
    assert not check().found
    found = Dashboard(city.users["finance"], city.jurisdiction, {}).total
    assert (found.total("approved"), found.projects) == _approved()
