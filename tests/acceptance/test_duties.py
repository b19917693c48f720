"""Here: who is asked for what around an acceptance. Not here: the next move's duties (tests/desk)."""

import pytest

from projects.models import Project


def duties(project: Project) -> set[tuple[str, str]]:
    return set(project.duties.values_list("role", "name"))


@pytest.mark.parametrize("filed", [True, False])
def test_the_governing_office_is_asked_to_supervise_and_the_unit_to_file(city, filed):
    left_out = [] if filed else ["acceptance_filing"]
    project = city.project("accepting", "900000.00")
    walker = city.walker(without=[*left_out, "acceptance_supervision"])
    assert ("gov_office", "acceptance_supervision") in duties(project)
    walker.record(project, "acceptance_supervision")
    assert ("gov_office", "acceptance_supervision") not in duties(project)
    project = walker.walk_to(project, "accepted")
    assert ("applicant", "acceptance_filing") in duties(project)
    if filed:
        walker.record(project, "acceptance_filing")
        assert ("applicant", "acceptance_filing") not in duties(project)
        assert ("centre", "acceptance_filing_confirmation") in duties(project)
        walker.record(project, "acceptance_filing_confirmation")
        assert ("centre", "acceptance_filing_confirmation") not in duties(project)
