"""Here: flags that the passing of days raises and clears. Not here: flags that events change (test_standing.py)."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from deadlines.tasks import sweep
from egov_projects.scenarios.city import build
from egov_projects.walk import Walker
from organizations import clock
from policies.loader import load
from policies.vocabulary import FACTS
from projects.filing import open_draft
from projects.models import Project, ProjectFlag
from projects.standing import by_day, refresh_by_day
from projects.transitions import perform
from tests.conftest import TODAY

LATE = "HQ-6.2-3"  # no preliminary opinion by the end of August


@pytest.fixture
def filed(db):
    """A project of 霍邱, filed in May for the next year; and who acts there."""
    with clock.at(date(2022, 5, 10)):
        city = build(load("huoqiu-2021"), keep=True)
        project = open_draft(actor=city.users["applicant"], name="甲", kind="新建", origin="按年申报")
        Project.objects.filter(pk=project.pk).update(declared_total=Decimal("500000.00"), plan_year=2023)
        walker = Walker(city.users)
        walker.record(Project.objects.get(pk=project.pk), "filing")
        return walker, walker.walk_to(Project.objects.get(pk=project.pk), "filed")


def open_flags(rule=LATE):
    return list(ProjectFlag.objects.filter(rule=rule, cleared_on=None).values_list("since", flat=True))


def test_the_daily_round_raises_the_flag_on_its_day_and_once(filed):
    for day, since in ((31, []), (32, [date(2022, 9, 1)]), (33, [date(2022, 9, 1)])):
        with clock.at(date(2022, 7, 31) + timedelta(day)):
            sweep()
            sweep()
        assert open_flags() == since, day


def test_it_is_judged_anew_only_where_something_changes(filed, django_assert_max_num_queries):
    walker, project = filed
    with clock.at(date(2022, 9, 1)):
        assert (refresh_by_day(), refresh_by_day()) == (1, 0)
        ProjectFlag.objects.create(project=project, rule="HQ-6.4-1", reason="不按日", since=clock.today())
        assert (refresh_by_day(), open_flags("HQ-6.4-1")) == (0, [date(2022, 9, 1)])
        with django_assert_max_num_queries(30):
            refresh_by_day()
        perform(project.pk, "withdraw", actor=walker.actor(project, "applicant"), note="不做了")
        assert (refresh_by_day(), open_flags()) == (0, [])


@pytest.mark.parametrize("state", ["scheme_filed", "accepted"])
def test_facts_that_change_with_the_date_say_so(city, state):
    project = city.project(state)
    found = []
    for day in (TODAY, TODAY + timedelta(200), date(TODAY.year + 2, 12, 30)):
        with clock.at(day):
            found.append({name: fact.answer(project) for name, fact in FACTS.items() if fact.answer})
    changed = {name for name in found[0] if len({str(each[name]) for each in found}) > 1}
    assert {"today", "filing.this_year"} <= changed
    assert {name for name in changed if not FACTS[name].by_day} == set()


def test_the_rules_of_each_pack_that_hang_on_the_day():
    assert by_day("yueqing-2015") == frozenset()
    assert by_day("zhucheng-2020") == {"ZC-A19-1", "ZC-A35-1"}
    assert by_day("taicang-2021") == {"TC-A13-2", "TC-A17-1", "TC-A20-2", "TC-A21-4"}
    assert by_day("huoqiu-2021") == {"HQ-6.2-17", LATE, "HQ-6.4-3"}
