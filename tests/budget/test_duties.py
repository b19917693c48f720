"""Here: what waits for an office beside the next move. Not here: the inbox itself (tests/desk)."""

import pytest

from desk.duties import wanted
from projects.models import Project

LISTED = {"listed": "True", "decided_by": "陈预算"}


def waiting(project) -> set[tuple[str, str]]:
    """(role, evidence) of everything that waits in this room."""
    names = {"budget_sheet", "budget_signature", "budget_approval", "initiation_request", "initiation_decision"}
    project = Project.objects.get(pk=project.pk)
    return {(each.role, each.name) for each in wanted(project) if each.name in names}


def test_both_offices_are_asked_to_sign_at_once(city, put):
    project = city.project("endorsed")
    put(project, "investment_plan_answer")
    put(project, "budget_sheet")
    assert waiting(project) >= {("finance", "budget_signature"), ("gov_office", "budget_signature")}
    put(project, "budget_signature", "finance")
    assert ("finance", "budget_signature") not in waiting(project)
    assert ("gov_office", "budget_signature") in waiting(project)
    put(project, "budget_signature", "gov_office")
    assert waiting(project) == {("finance", "budget_approval")}


def test_a_yes_opens_a_task_at_the_planning_office(city, put):
    """YQ-3.3-6."""
    project = city.project("budgeted", fields={"investment_plan_answer": LISTED})
    assert waiting(project) == {("applicant", "initiation_request"), ("planning", "initiation_decision")}
    put(project, "initiation_request", "applicant")
    assert waiting(project) == {("planning", "initiation_decision")}
    put(project, "initiation_decision", "planning", decision="不同意")
    assert waiting(project) == set()


def test_before_procurement_the_next_move_asks_for_it_once(city):
    project = city.project("scheme_approved", fields={"investment_plan_answer": LISTED})
    city.walker(without=["initiation_decision"]).prepare(project, "apply_procurement")
    asked = [each for each in wanted(project) if each.name == "initiation_decision"]
    assert [(each.role, each.kind) for each in asked] == [("planning", "evidence")]


@pytest.mark.parametrize("state", ["endorsed", "budgeted", "scheme_approved"])
def test_a_no_opens_nothing(city, state):
    names = {name for _, name in waiting(city.project(state))}
    assert not names & {"initiation_request", "initiation_decision"}
