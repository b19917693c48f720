"""Here: evaluations at a glance, and where earlier results are shown to those who decide. Not here: who may open it (matrix)."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from budget.forms import BudgetSheetForm, BudgetSignatureForm
from organizations import clock
from performance.overview import grades, under_way, warned
from performance.panels import earlier_results
from performance.results import results_of
from projects.models import Project
from reviews.checklist import beside

pytestmark = pytest.mark.django_db
DUE = date(2027, 3, 2)


def page(client, city, person: str = "finance"):
    """The overview."""
    client.force_login(city.users[person])
    return client.get(reverse("performance:overview"))


def test_a_project_goes_from_due_over_under_way_to_its_result(city, client):
    project, walker = city.project("in_service"), city.walker()
    with clock.at(DUE):
        assert [each.project for each in page(client, city).context["eligible"]] == [project]
        assert "启动评价" in page(client, city).content.decode()
        assert "启动评价" not in page(client, city, "centre").content.decode()
        walker.record(project, "evaluation_start")
        (found,) = under_way(city.users["finance"])
        assert (found.start.project, found.missing, found.has_result) == (project, ["市电子政务中心"], False)
        walker.record(project, "evaluation_opinion")
        walker.record(project, "evaluation_result", {"grade": "差"})
        (found,) = under_way(city.users["finance"])
        assert (found.missing, found.has_result) == ([], True)
        assert page(client, city).context["eligible"] == []
        walker.walk_to(project, "evaluated")
        answer = page(client, city)
        assert answer.context["under_way"] == []
        assert dict(grades(results_of(Project.objects.all()))) == {"优": 0, "良": 0, "中": 0, "差": 1}
        assert [row.project for row in answer.context["page"]] == [project]


def test_a_poor_result_stands_beside_every_later_decision(city):
    system = city.project("evaluated", fields={"evaluation_result": {"grade": "差"}}, name="城管平台")
    asking = city.project("filed", name="排水监测平台")
    upkeep = city.project("filed", "100000.00", kind="运行维护", name="城管平台运维", serves=system.pk)
    found = {each.project: (each.result.project, each.same_system) for each in warned(city.users["finance"])}
    assert found == {asking: (system, False), upkeep: (system, True)}
    assert warned(city.users["other"]) == []

    said = ["2027年 城管平台:差"]
    assert earlier_results(upkeep, city.users["centre"])["own"][0].grade == "差"
    assert [row.grade for row in earlier_results(asking, city.users["centre"])["others"]] == ["差"]
    assert beside(asking)["本单位以往绩效评价结果"] == said
    for form in (BudgetSheetForm, BudgetSignatureForm):
        shown = form(project=upkeep, actor=city.users["finance"]).beside
        assert (shown["本单位以往绩效评价结果"], shown["本项目或所服务系统的绩效等级"]) == (said, ["差"])


def test_nothing_is_shown_where_there_is_no_result(city):
    project = city.project("filed")
    assert earlier_results(project, city.users["centre"]) is None
    assert "本单位以往绩效评价结果" not in beside(project)
    assert BudgetSignatureForm(project=project, actor=city.users["finance"]).beside == {}


def test_the_queries_do_not_grow_with_the_projects(city, client):
    counts = []
    for more in (1, 3):
        for number in range(more):
            city.project("in_service", name=f"平台{more}-{number}")
        with clock.at(DUE):
            page(client, city)
            with CaptureQueriesContext(connection) as seen:
                assert len(page(client, city).context["eligible"]) >= more
        counts.append(len(seen))
    assert counts[0] == counts[1]
