"""Here: what earlier evaluations say, by unit and year and as facts. Not here: the report's file (reports)."""

from datetime import date

from organizations import clock
from performance.results import unit_results
from policies.vocabulary import FACTS
from projects.models import Project


def answer(name: str, project):
    """The answer to a fact."""
    return FACTS[name].answer(project)


def evaluated(city, name: str, grade: str, **filing) -> Project:
    """A project of this name walked to its evaluation, with this grade."""
    return city.project("evaluated", fields={"evaluation_result": {"grade": grade}}, name=name, **filing)


def test_results_by_unit_and_year_as_rows_and_as_facts(city):
    platform = evaluated(city, "城管平台", "差")
    video = evaluated(city, "视频联网", "优")
    rows = unit_results(city.users["finance"], year=2027)
    assert [(row.unit, row.year, row.project, row.grade, row.method) for row in rows] == [
        ("市城市管理局", 2027, "城管平台", "差", "专家"),
        ("市城市管理局", 2027, "视频联网", "优", "专家"),
    ]
    assert rows[0].concluded_on == date(2027, 3, 2)
    assert unit_results(city.users["finance"], year=2026) == []
    assert unit_results(city.users["finance"], unit=city.other_unit) == []
    assert unit_results(city.users["other"]) == []

    assert answer("performance.unit_results", platform) == ["2027年 视频联网:优"]
    assert answer("performance.system_result", video) == "优"
    upkeep = city.draft(kind="运行维护", name="城管平台运维", serves=platform.pk)
    assert answer("performance.unit_results", upkeep) == ["2027年 视频联网:优", "2027年 城管平台:差"]
    assert answer("performance.system_result", upkeep) == "差"
    assert answer("performance.system_result", city.draft(name="新项目")) is None


def test_a_result_counts_only_once_its_evaluation_is_concluded(city):
    project, walker = city.project("in_service"), city.walker()
    with clock.at(date(2027, 3, 2)):
        walker.record(project, "evaluation_start")
        walker.record(project, "evaluation_result", {"grade": "差"})
        assert answer("performance.system_result", project) is None
        walker.record(project, "evaluation_result", {"grade": "中"})
        walker.walk_to(project, "evaluated")
        assert answer("performance.system_result", project) == "中"
        assert [row.grade for row in unit_results(city.users["finance"])] == ["中"]
