"""The daily round marks everything once, and tells no more than that."""

from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from deadlines.models import Deadline, DeadlineMark
from deadlines.sweep import Swept, sweep
from deadlines.tasks import sweep as task
from organizations import clock
from projects.instruments import set_parameter
from projects.transitions import perform
from tests.conftest import build_city

NOTHING = Swept(0, 0, 0)


@pytest.fixture
def filed(db, clocks):
    """A project filed on Friday 2026-03-13, due on 2026-03-20, and its city."""
    with clock.at(date(2026, 3, 13)):
        city = build_city()
        return city.project("filed"), city


def marks(project):
    found = DeadlineMark.objects.filter(deadline__project=project).order_by("id")
    return list(found.values_list("deadline__code", "kind", "due", "made_on"))


@pytest.mark.parametrize(
    "day, swept",
    [(18, NOTHING), (19, Swept(1, 0, 0)), (20, Swept(1, 0, 0)), (21, Swept(0, 1, 0)), (30, Swept(0, 1, 0))],
)
def test_reminds_a_working_day_before_and_marks_late_the_day_after(filed, day, swept):
    assert sweep(date(2026, 3, day)) == swept


def test_each_mark_once_however_often_it_runs(filed):
    project, _ = filed
    days = [19, 19, 20, 21, 21, 22]
    assert [sweep(date(2026, 3, day)) for day in days] == [
        Swept(1, 0, 0), NOTHING, NOTHING, Swept(0, 1, 0), NOTHING, NOTHING,
    ]  # fmt: skip
    due = date(2026, 3, 20)
    assert marks(project) == [
        ("five", "reminder", due, date(2026, 3, 19)),
        ("five", "late", due, date(2026, 3, 21)),
    ]
    assert Deadline.objects.get(code="five").status == "late"
    assert project.__class__.objects.get(pk=project.pk).state == "filed", "no deemed approval"


def test_a_late_clock_that_is_stopped_is_open_again_and_reminded_of_its_new_day(filed):
    project, city = filed
    with clock.at(date(2026, 3, 19)):
        sweep()
        perform(project.pk, "suspend", actor=city.users["gov_office"], note="待定")
    assert sweep(date(2026, 3, 21)) == NOTHING
    with clock.at(date(2026, 3, 24)):
        perform(project.pk, "resume", actor=city.users["gov_office"], note="继续")
    assert Deadline.objects.get(code="five").due_on == date(2026, 3, 25)
    assert [sweep(date(2026, 3, day)) for day in (24, 25, 26)] == [Swept(1, 0, 0), NOTHING, Swept(0, 1, 0)]


def test_a_met_clock_is_left_alone(filed):
    project, city = filed
    with clock.at(date(2026, 3, 16)):
        city.walker().walk_to(project, "endorsed")
    assert sweep(date(2026, 3, 30)) == NOTHING


def test_long_waits_are_marked_only_past_the_offices_own_reminder(filed):
    project, city = filed
    assert sweep(date(2026, 3, 18)) == NOTHING
    with clock.at(date(2026, 3, 16)):
        set_parameter(
            project.pack, "reminder_days", 3, actor=city.users["gov_office"],
            jurisdiction_id=city.jurisdiction.pk, reason="督办",
        )  # fmt: skip
    assert [sweep(date(2026, 3, day)).waiting for day in (16, 17, 17, 18)] == [0, 1, 0, 0]
    assert Deadline.objects.get(code="waiting").status == "open", "waiting is never late"


def test_the_number_of_queries_does_not_grow_with_the_clocks(filed, django_assert_num_queries):
    _, city = filed
    with CaptureQueriesContext(connection) as one:
        sweep(date(2026, 3, 19))
    with clock.at(date(2026, 3, 16)):
        for at in range(3):
            city.project("filed", name=f"项目{at}")
    with django_assert_num_queries(len(one)):
        assert sweep(date(2026, 3, 20)) == Swept(3, 0, 0)


def test_by_command_and_by_task(filed):
    told = StringIO()
    call_command("sweep", "--on", "2026-03-21", stdout=told)
    assert told.getvalue() == "reminders 0, late 1, waiting 0, reports 0, escalated 0, flags 0\n"
    with clock.at(date(2026, 3, 21)):
        task()
    assert DeadlineMark.objects.count() == 1
