"""Here: flags that stand on a project until they clear. Not here: flags of a single move (the ledger keeps those)."""

from datetime import date

import pytest

from egov_projects.walk import submit
from organizations import clock
from projects.filing import open_draft
from projects.models import ProjectFlag
from projects.standing import refresh_flags
from projects.transitions import perform

PROFILE = "YQ-2.2-1"


def flags(project):
    rows = ProjectFlag.objects.filter(project=project).order_by("id")
    return [(row.rule, row.since.isoformat(), row.cleared_on and row.cleared_on.isoformat()) for row in rows]


@pytest.fixture
def incomplete(city):
    """The unit has no leader on file."""
    city.unit.leader_name = ""
    city.unit.save()
    return open_draft(actor=city.applicant, name="甲", kind="新建", origin="年度申报")


def test_a_unit_without_a_leader_is_flagged_from_the_first_day(incomplete):
    assert flags(incomplete) == [(PROFILE, "2026-03-02", None)]
    flag = ProjectFlag.objects.get()
    assert flag.reason == "单位尚未登记分管领导和电子政务联络人。"


def test_asking_again_keeps_the_flag_and_its_day(incomplete):
    with clock.at(date(2026, 3, 9)):
        refresh_flags(incomplete)
        refresh_flags(incomplete)
    assert flags(incomplete) == [(PROFILE, "2026-03-02", None)]


def test_completing_the_profile_clears_it_at_once_and_keeps_the_history(city, incomplete):
    with clock.at(date(2026, 3, 9)):
        city.unit.leader_name = "林分管"
        city.unit.save()
    assert flags(incomplete) == [(PROFILE, "2026-03-02", "2026-03-09")]


def test_it_is_raised_anew_after_it_was_cleared(city, incomplete):
    with clock.at(date(2026, 3, 9)):
        city.unit.leader_name = "林分管"
        city.unit.save()
    with clock.at(date(2026, 3, 10)):
        city.unit.leader_name = ""
        city.unit.save()
        submit(incomplete, "filing", {"objective": "目标"}, actor=city.applicant)
    assert flags(incomplete) == [(PROFILE, "2026-03-02", "2026-03-09"), (PROFILE, "2026-03-10", None)]


def test_another_unit_saving_its_profile_clears_nothing(city, incomplete):
    city.other_unit.save()
    assert flags(incomplete) == [(PROFILE, "2026-03-02", None)]


def test_evidence_clears_a_flag(city):
    city.unit.type = "copied"
    city.unit.save()
    project = city.project("filed")
    assert flags(project) == [("YQ-0-1", "2026-03-02", None)]
    with clock.at(date(2026, 3, 5)):
        submit(
            project, "applicability_opinion", {"applies": True, "opinion": "参照执行"}, actor=city.users["gov_office"]
        )
    assert flags(project) == [("YQ-0-1", "2026-03-02", "2026-03-05")]


def test_a_changed_reason_changes_the_flag_and_not_its_day(city, incomplete):
    ProjectFlag.objects.filter(project=incomplete).update(reason="旧的说法")
    with clock.at(date(2026, 3, 9)):
        refresh_flags(incomplete)
    assert flags(incomplete) == [(PROFILE, "2026-03-02", None)]
    assert ProjectFlag.objects.get().reason == "单位尚未登记分管领导和电子政务联络人。"


def test_a_closed_project_keeps_none_open(city, incomplete):
    project = city.project("filed")
    assert flags(project) == [(PROFILE, "2026-03-02", None)]
    perform(project.pk, "withdraw", actor=city.applicant, note="不做了")
    assert flags(project) == [(PROFILE, "2026-03-02", "2026-03-02")]


def test_a_project_without_fiscal_money_is_not_flagged(city):
    city.unit.leader_name = ""
    city.unit.save()
    project = city.draft("900.00", funding=[{"source": "自筹", "amount": "900.00"}])
    assert [cleared for _, _, cleared in flags(project)] == ["2026-03-02"]
