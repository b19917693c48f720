"""Here: whole lives of projects through the doors, on every database. Not here: single rules (scenarios, rooms)."""

import pytest

from projects.transitions import next_move

pytestmark = [pytest.mark.django_db, pytest.mark.lifecycle]

ROUTE = [
    ("file", "filed"), ("endorse", "endorsed"), ("approve_budget", "budgeted"), ("submit_scheme", "scheme_filed"),
    ("approve_scheme", "scheme_approved"), ("apply_procurement", "procuring"), ("sign_contract", "contracted"),
    ("start", "building"), ("start_trial", "trial"), ("convene_acceptance", "accepting"), ("accept", "accepted"),
    ("deliver", "in_service"), ("evaluate", "evaluated"),
]  # fmt: skip


@pytest.mark.parametrize("investment", ["999999.99", "2000000.00"])
def test_a_project_goes_from_filing_to_evaluation_and_its_chain_holds(city, investment):
    project = city.project("evaluated", investment)
    passages = list(project.passages.order_by("number"))
    assert [(passage.move, passage.target) for passage in passages] == ROUTE
    assert [passage.previous_hash for passage in passages] == ["", *[passage.hash for passage in passages[:-1]]]
    assert all(passage.computed_hash() == passage.hash for passage in passages)
    assert (project.ledger_head, project.ledger_length) == (passages[-1].hash, 13)
    assert next_move(project) is None


def test_operations_go_to_acceptance_without_a_trial(city):
    project = city.project("in_service", "300000.00", kind="运行维护", name="门户网站运维")
    assert "trial" not in [passage.target for passage in project.passages.all()]
    assert project.state == "in_service"
