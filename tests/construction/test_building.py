"""Here: the plain checks on responsibility, progress and completion. Not here: the clauses (scenarios)."""

import pytest

from projects.errors import Closed, Forbidden, Invalid
from projects.evidence import record
from projects.judgement import ProjectFacts
from projects.models import Project


@pytest.mark.parametrize(
    ("name", "fields", "column"),
    [
        ("progress_report", {"percent": 101}, "percent"),
        ("progress_report", {"percent": -1}, "percent"),
        ("progress_report", {"period_start": "2026-03-02", "period_end": "2026-03-01"}, "period_end"),
        ("completion", {"completed_on": "2026-03-03"}, "completed_on"),
        ("completion", {"material": ""}, "material"),
        ("responsibility", {"duties": [{"name": "技术", "person": "", "since": "2026-03-02"}]}, "duties"),
        ("responsibility", {"leader": ""}, "leader"),
        ("supervision_engagement", {"signed_on": "2026-03-03"}, "signed_on"),
        ("supervision_engagement", {"fee": "三万"}, "fee"),
        (
            "supervision_engagement",
            {"certificate_valid_from": "2026-02-02", "certificate_valid_to": "2026-02-01"},
            "certificate_valid_to",
        ),
    ],
)
def test_what_cannot_be_is_an_error_at_the_field(city, name, fields, column):
    project = city.project("building")
    with pytest.raises(Invalid) as error:
        city.walker().record(project, name, fields)
    assert list(error.value.errors) == [column]


def test_reports_add_up_and_a_new_responsibility_takes_over(city):
    project, walker = city.project("building"), city.walker()
    walker.record(project, "progress_report", {"percent": 100})
    walker.record(project, "progress_report", {"percent": 60})
    walker.record(project, "responsibility", {"leader": "王接任", "duties": []})
    facts = ProjectFacts(project, project.pack)
    assert (facts.get("progress_report.count"), facts.get("progress_report.percent")) == (2, 60)
    assert (facts.get("responsibility.leader"), facts.get("responsibility.duties")) == ("王接任", 0)


def test_only_the_unit_keeps_these_records_and_only_in_their_stage(city):
    project = city.project("building")
    with pytest.raises(Forbidden):
        record(project.pk, "progress_report", {}, actor=city.users["centre"])
    with pytest.raises(Project.DoesNotExist):
        record(project.pk, "progress_report", {}, actor=city.users["other"])
    earlier = city.project("scheme_approved", name="另一项目")
    with pytest.raises(Closed):
        city.walker().record(earlier, "completion")
