"""Here: 已参阅 before a new opinion when the unit has earlier results (YQ-3.8-6). Not here: the results (performance)."""

import pytest

from policies.vocabulary import FACTS, Fact
from reviews.facts import UNIT_RESULTS, earlier_results


@pytest.fixture
def poor_result(monkeypatch):
    """The performance room answers that the unit has a poor result."""
    monkeypatch.setitem(FACTS, UNIT_RESULTS, Fact(UNIT_RESULTS, "list", "以往结果", lambda project: ["智慧停车:差"]))


def test_without_earlier_results_nothing_has_to_be_ticked(city, desk):
    project = city.project("filed")
    desk.record(project, "filing_receipt")
    assert earlier_results(project) == []
    desk.record(project, "preliminary_opinion", results_read=False)


def test_with_a_poor_result_the_tick_is_asked_for_and_is_enough(city, desk, poor_result):
    project = city.project("filed")
    desk.record(project, "filing_receipt")
    assert desk.refused(desk.record, project, "preliminary_opinion", results_read=False) == ["YQ-3.8-6"]
    desk.record(project, "preliminary_opinion", results_read=True)
    assert desk.do(project, "endorse") == "endorsed"


def test_the_review_of_the_scheme_asks_too(city, desk, poor_result):
    project = city.project("scheme_filed")
    desk.record(project, "review_plan")
    assert desk.refused(desk.record, project, "scheme_opinion", results_read=False) == ["YQ-3.8-6"]
    desk.record(project, "scheme_opinion", results_read=True)
