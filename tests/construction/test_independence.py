"""Here: who counts as contractor and supervisor, and whose declaration is missing. Not here: the clause itself (scenarios)."""

import pytest

from construction.examples import SUBCONTRACTOR, SUPERVISOR_FIRM
from construction.independence import firms, undeclared
from construction.models import SupervisionEngagement
from projects.errors import Invalid, Refused
from projects.parties import CONTRACTOR, SUPERVISOR, conflicts


@pytest.fixture
def project(city):
    return city.project("contracted")


def test_affiliates_are_read_one_by_one():
    engagement = SupervisionEngagement(affiliates="甲公司、乙公司\n 丙公司 ,丁公司,,91330109MA2H7T9X33")
    assert engagement.affiliate_names == ("甲公司", "乙公司", "丙公司", "丁公司", "91330109MA2H7T9X33")


def test_a_new_supervisor_needs_the_contractors_declaration_anew(city, project):
    walker = city.walker()
    walker.record(project, "subcontract")
    walker.record(project, "supervision_engagement")
    assert undeclared(project) == []
    with pytest.raises(Refused) as error:
        walker.record(project, "supervision_engagement", {"contract_number": "JL-002", "contractor_independent": False})
    assert error.value.rules == ["YQ-3.6-11"]
    assert SUBCONTRACTOR["firm_name"] in error.value.verdicts[0].reason


def test_a_firm_that_comes_later_declares_for_itself(city, project):
    walker = city.walker()
    walker.record(project, "supervision_engagement")
    main = set(firms(project, CONTRACTOR))
    walker.record(project, "subcontract")
    assert set(firms(project, CONTRACTOR)) == main | {SUBCONTRACTOR["firm_name"]}
    assert firms(project, SUPERVISOR) == [SUPERVISOR_FIRM["firm_name"]]
    assert undeclared(project) == []


def test_a_contract_taken_over_by_the_supervisor_is_refused(city, project):
    walker = city.walker()
    walker.record(project, "supervision_engagement")
    walker.record(project, "change_request")
    walker.record(project, "change_review")
    walker.record(project, "change_decision")
    with pytest.raises(Refused) as error:
        walker.record(project, "contract_amendment", SUPERVISOR_FIRM)
    assert error.value.rules == ["YQ-3.6-11"]
    walker.record(project, "contract_amendment", {"firm_name": "温州接手软件有限公司"})
    assert undeclared(project) == [(CONTRACTOR, "温州接手软件有限公司")]
    walker.record(project, "independence_declaration")
    assert undeclared(project) == []


def test_without_supervision_nobody_need_declare(city, project):
    walker = city.walker()
    walker.record(project, "subcontract", {"independent": False})
    assert (undeclared(project), conflicts(project, CONTRACTOR, SUPERVISOR)) == ([], [])
    with pytest.raises(Invalid):
        walker.record(project, "independence_declaration")
    with pytest.raises(Invalid):
        walker.record(project, "supervision_leader")


def test_a_wrong_credit_code_is_an_error_at_the_field(city, project):
    with pytest.raises(Invalid) as error:
        city.walker().record(project, "supervision_engagement", {"firm_credit_code": "91330382MA2J0P4Q14"})
    assert list(error.value.errors) == ["firm_credit_code"]
