"""Here: the investment plan and 立项. Not here: the review of the scheme (reviews)."""

import pytest

from budget.facts import initiation
from projects.errors import Forbidden, Invalid, Refused
from projects.transitions import perform


def refused(call, *args, **kwargs) -> list[str]:
    """The rules that refuse."""
    with pytest.raises(Refused) as error:
        call(*args, **kwargs)
    return error.value.rules


LISTED = {"investment_plan_answer": {"listed": "True", "decided_by": "陈预算"}}


def test_a_listed_project_needs_the_decision_before_procurement(city, put):
    """YQ-3.3-6."""
    project = city.project("scheme_approved", fields=LISTED)
    city.walker(without=["initiation_decision"]).prepare(project, "apply_procurement")
    assert initiation(project) == "待立项"
    assert "YQ-3.3-6" in refused(perform, project.pk, "apply_procurement", actor=city.applicant)
    put(project, "initiation_decision", "planning", decision="不同意")
    assert initiation(project) == "不同意"
    assert "YQ-3.3-6" in refused(perform, project.pk, "apply_procurement", actor=city.applicant)
    put(project, "initiation_decision", "planning")
    assert initiation(project) == "同意"
    assert perform(project.pk, "apply_procurement", actor=city.applicant).target == "procuring"


def test_a_project_outside_the_plan_shows_who_said_so(city):
    project = city.project("procuring", fields={"investment_plan_answer": {"decided_by": "陈预算"}})
    assert initiation(project) == "不适用(陈预算认定)"


def test_nobody_has_answered_yet(city):
    assert initiation(city.project("endorsed")) is None


@pytest.mark.parametrize("fields, wrong", [({"listed": ""}, "listed"), ({"decided_by": ""}, "decided_by")])
def test_the_answer_is_yes_or_no_by_somebody(city, put, fields, wrong):
    with pytest.raises(Invalid) as error:
        put(city.project("endorsed"), "investment_plan_answer", **fields)
    assert list(error.value.errors) == [wrong]


@pytest.mark.parametrize("said, kept", [(True, True), ("True", True), (False, False), ("False", False)])
def test_the_answer_reads_json_and_browser(city, put, said, kept):
    answer, _ = put(city.project("endorsed"), "investment_plan_answer", listed=said)
    assert answer.listed is kept


def test_the_request_may_come_before_the_scheme(city, put):
    """YQ-Q6: lodged early, decided later."""
    request, _ = put(city.project("budgeted", fields=LISTED), "initiation_request", "applicant")
    assert request.recorded_role == "applicant"


def test_no_agreement_before_the_scheme_is_approved(city, put):
    """YQ-3.4-6: 同意 is refused, 不同意 may be recorded."""
    project = city.project("budgeted", fields=LISTED)
    assert refused(put, project, "initiation_decision", "planning") == ["YQ-3.4-6"]
    decision, _ = put(project, "initiation_decision", "planning", decision="不同意")
    assert decision.decision == "不同意"


@pytest.mark.parametrize("actor", ["tender", "finance", "gov_office", "centre", "applicant"])
def test_only_the_planning_office_decides(city, put, actor):
    """YQ-2.1-6."""
    with pytest.raises(Forbidden) as error:
        put(city.project("budgeted"), "initiation_decision", actor)
    assert error.value.extra == {"roles": ["planning"], "rule": "YQ-2.1-6"}
