"""Lateness taken to the superior: after the days that the place has set, once, until it is met or the superior has acted."""

from datetime import date

import pytest

from deadlines import escalation
from deadlines.models import Escalation
from deadlines.sweep import sweep
from desk.inbox import link
from desk.models import Duty, Notice
from organizations import clock
from organizations.models import AuditEvent
from projects.errors import Forbidden, Invalid, Stale
from projects.instruments import set_parameter
from projects.transitions import perform
from tests.conftest import build_city


@pytest.fixture
def filed(db, clocks):
    """A project filed on Friday 2026-03-13, which the centre has to handle by the 20th, and its city."""
    with clock.at(date(2026, 3, 13)):
        city = build_city()
        return city.project("filed"), city


@pytest.fixture
def supervised(filed):
    """市府办 wants to know after two working days."""
    project, city = filed
    with clock.at(date(2026, 3, 16)):
        set_parameter(
            project.pack, "escalation_days", 2, actor=city.users["gov_office"],
            jurisdiction_id=city.jurisdiction.pk, reason="督查",
        )  # fmt: skip
    return filed


def escalated(days):
    return [sweep(date(2026, 3, day)).escalated for day in days]


def duties(project):
    found = project.duties.filter(kind=Duty.TASK, name__startswith="late:")
    return list(found.values_list("role", "label"))


def test_nothing_is_taken_anywhere_until_the_place_says_so(filed):
    assert escalated([24, 31]) == [0, 0]


def test_once_after_two_working_days(supervised):
    project, city = supervised
    assert escalated([22, 23, 24, 24, 25]) == [0, 0, 1, 0, 0]
    row = Escalation.objects.get()
    assert (row.deadline.code, row.due, row.to, row.rule) == ("five", date(2026, 3, 20), "gov_office", "YQ-2.1-1")
    assert (row.made_on, row.cleared_on) == (date(2026, 3, 24), None)
    assert duties(project) == [("gov_office", "督办:“五日办理”已超期")]
    told = Notice.objects.filter(event="deadline.escalated").values_list("to", "rule", "text")
    assert list(told) == [
        (f"office:{city.jurisdiction.pk}:gov_office", "YQ-2.1-1", "“五日办理”应于2026-03-20前办结,已超期,提请督办")
    ]
    assert link(project.duties.get(kind=Duty.TASK)) == f"/projects/{project.number}/deadlines/"


def test_it_is_over_when_the_clock_is_met(supervised):
    project, city = supervised
    escalated([24])
    with clock.at(date(2026, 3, 26)):
        city.walker().walk_to(project, "endorsed")
    assert Escalation.objects.get().cleared_on == date(2026, 3, 26)
    assert duties(project) == []
    assert escalated([27]) == [0]


def test_it_is_over_when_the_clock_stands_still_and_begins_anew_with_another_last_day(supervised):
    project, city = supervised
    escalated([24])
    gov = city.users["gov_office"]
    with clock.at(date(2026, 3, 24)):
        perform(project.pk, "suspend", actor=gov, note="待定")
    # late before it stopped: the last day stands, and so does what the superior has to see to
    assert Escalation.objects.get().cleared_on is None
    with clock.at(date(2026, 3, 25)):
        perform(project.pk, "terminate", actor=gov, note="终止")
    assert Escalation.objects.get().cleared_on == date(2026, 3, 25)
    assert duties(project) == []


def test_a_newly_published_year_can_end_it(supervised):
    from deadlines.models import CalendarDay

    project, _ = supervised
    escalated([24])
    with clock.at(date(2026, 3, 24)):
        for day in (18, 19, 20, 23):
            CalendarDay.objects.create(day=date(2026, 3, day), kind="holiday", name="放假", source="测试")
    assert escalated([25]) == [0]
    assert Escalation.objects.get().cleared_on == date(2026, 3, 25)
    assert duties(project) == []


def test_the_superior_says_what_was_done(supervised, client):
    project, city = supervised
    escalated([24])
    row, gov = Escalation.objects.get(), city.users["gov_office"]
    with pytest.raises(Forbidden, match="市府办"):
        escalation.handle(row, actor=city.users["centre"], note="已催")
    with pytest.raises(Invalid):
        escalation.handle(row, actor=gov, note="  ")
    client.force_login(gov)
    with clock.at(date(2026, 3, 25)):
        shown = client.get(f"/projects/{project.number}/deadlines/").content.decode()
        assert "登记督办" in shown and "提请市府办督办" in shown
        assert client.post(f"/escalations/{row.pk}/", {"note": "请两日内办结"}).status_code == 302
        assert duties(project) == []
        shown = client.get(f"/projects/{project.number}/deadlines/").content.decode()
        assert "请两日内办结" in shown and "登记督办" not in shown
    told = Notice.objects.filter(text__contains="请两日内办结").values_list("to", flat=True)
    assert list(told) == [f"office:{city.jurisdiction.pk}:centre"]
    assert AuditEvent.objects.filter(action="escalation.handle", actor=gov, project_id=project.pk).count() == 1
    with pytest.raises(Stale):
        escalation.handle(row, actor=gov, note="又一次")
    assert escalated([26]) == [0], "it is still late, and the superior has acted"
    client.force_login(city.users["other"])
    assert client.post(f"/escalations/{row.pk}/", {"note": "x"}).status_code == 404


def test_the_office_sees_it_on_the_project_and_the_board(supervised, client):
    project, city = supervised
    escalated([24])
    client.force_login(city.users["centre"])
    with clock.at(date(2026, 3, 25)):
        assert "1 项超期已提请上级督办" in client.get(f"/projects/{project.number}/").content.decode()
        assert "3月24日提请督办" in client.get("/deadlines/").content.decode()
        assert "五日办理" in client.get("/deadlines/?state=escalated").content.decode()
