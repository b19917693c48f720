"""Here: the walker's manners: what it files, what it leaves out, when it gives up. Not here: what the rules ask."""

import pytest

from egov_projects.walk import Stuck, sample_file
from organizations import clock
from projects.judgement import judge
from projects.models import Project
from projects.uploads import check_upload
from reviews.models import FilingReceipt

EXPERTS = "YQ-3.4-11"


def blocking(project: Project, move: str) -> set[str]:
    """The rules that block a move now."""
    return {verdict.rule for verdict in judge(project, move) if verdict.blocks}


def test_preparing_files_everything_that_a_move_needs(city) -> None:
    project = city.project("scheme_filed", "2000000.00")
    assert EXPERTS in blocking(project, "approve_scheme")
    city.walker().prepare(project, "approve_scheme")
    assert blocking(project, "approve_scheme") == set()


def test_what_is_expected_to_refuse_is_left_to_refuse(city) -> None:
    project = city.project("scheme_filed", "2000000.00")
    city.walker().prepare(project, "approve_scheme", expected=frozenset({EXPERTS}))
    assert blocking(project, "approve_scheme") == {EXPERTS}


def test_what_is_left_out_stops_the_walk_by_name(city) -> None:
    project = city.project("scheme_filed", "2000000.00")
    with pytest.raises(Stuck, match=rf"approve_scheme .*{EXPERTS}"):
        city.walker(without=["expert_review"]).walk_to(project, "scheme_approved")
    assert project.state == "scheme_filed"


@pytest.mark.parametrize(("state", "why"), [("draft", "does not lie ahead"), ("approved", "is not on the route")])
def test_it_walks_forward_on_the_route_only(city, state: str, why: str) -> None:
    project = city.project("filed")
    with pytest.raises(Stuck, match=why):
        city.walker().walk_to(project, state)


def test_it_waits_for_the_first_day_that_the_law_allows(city) -> None:
    project = city.project("evaluated")
    in_service, evaluated = project.passages.filter(move__in=["deliver", "evaluate"]).order_by("number")
    assert in_service.on == clock.today()
    assert (evaluated.on - in_service.on).days >= 365


def test_fields_overlay_the_example_of_evidence(city) -> None:
    project = city.project("endorsed", fields={"filing_receipt": {"remark": "材料齐全"}})
    assert FilingReceipt.objects.get(project=project).remark == "材料齐全"


def test_the_sample_file_is_an_acceptable_pdf() -> None:
    assert check_upload(sample_file("方案")) == "application/pdf"
    assert sample_file("方案.pdf").name == "方案.pdf"
