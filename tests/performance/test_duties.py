"""Here: whose opinion an evaluation waits for. Not here: the next move's duties (tests/desk)."""

from datetime import date

from organizations import clock
from projects.evidence import record
from projects.models import Project


def duties(project: Project) -> set[tuple[str, str]]:
    return set(project.duties.filter(name="evaluation_opinion").values_list("role", "name"))


def test_each_office_that_takes_part_is_asked_until_it_has_answered(city):
    project, walker = city.project("in_service"), city.walker()
    assert duties(project) == set()
    with clock.at(date(2028, 3, 2)):
        names = [city.offices["centre"].name, city.offices["planning"].name]
        walker.record(project, "evaluation_start", {"participants": names, "arrangement": "现场查看"})
        assert duties(project) == {("centre", "evaluation_opinion"), ("planning", "evaluation_opinion")}
        record(project.pk, "evaluation_opinion", {"opinion": "运行平稳。"}, actor=city.users["planning"])
        assert duties(project) == {("centre", "evaluation_opinion")}
