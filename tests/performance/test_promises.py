"""Here: 承诺链 from the records of each stage, and its gaps in words. Not here: the evaluation itself (test_results.py)."""

from datetime import date

import pytest

from organizations import clock
from performance.promises import AHEAD, KEPT, MISSING, STEPS, chain, gaps
from projects.errors import Forbidden
from projects.evidence import record

LINE = {"name": "网上办件率", "target": "不低于 90%"}


def states(promise) -> list[str]:
    return [cell.state for cell in promise.cells]


def promise(city, project, *rows, by="applicant"):
    return record(project.pk, "performance_target", {"promises": list(rows)}, actor=city.users[by])


@pytest.mark.parametrize(
    ("state", "found"),
    [
        ("filed", [KEPT, AHEAD, AHEAD, AHEAD, AHEAD]),
        ("contracted", [KEPT, KEPT, AHEAD, AHEAD, AHEAD]),
        ("accepting", [KEPT, KEPT, KEPT, AHEAD, AHEAD]),
        ("accepted", [KEPT, KEPT, KEPT, KEPT, AHEAD]),
    ],
)
def test_the_overall_aim_follows_the_records(city, state, found):
    [overall] = chain(city.project(state))
    assert (overall.name, states(overall), overall.gaps) == ("总体目标", found, 0)


def test_what_each_step_says(city):
    project = city.project("evaluated", "2000000.00")
    cells = {cell.step: cell.text for cell in chain(project)[0].cells}
    assert list(cells) == list(STEPS)
    assert cells["申报目标"] == project.objective
    assert cells["合同条款"].startswith("合同 ") and cells["测试项"].startswith("第三方检测合格,")
    assert cells["验收结果"].startswith("通过(") and cells["一年后实际"].startswith("评价等级“良”")


def test_a_step_passed_without_a_word_is_missing(city):
    project = city.project("accepted")
    promise(city, project, LINE | {"test": "抽查 92%"})
    own = chain(project)[1]
    assert states(own) == [KEPT, MISSING, KEPT, MISSING, AHEAD]
    assert gaps(chain(project)) == 2
    promise(city, project, LINE | {"clause": "第八条", "test": "抽查 92%", "accepted": "达到"})
    assert [each.name for each in chain(project)] == ["总体目标", "网上办件率"]
    assert gaps(chain(project)) == 0


@pytest.mark.parametrize(("later", "found"), [(364, AHEAD), (365, MISSING)])
def test_the_actual_figure_is_due_after_a_year_of_use(city, later, found):
    project = city.project("in_service")
    delivered = clock.today()
    promise(city, project, LINE)
    with clock.at(date.fromordinal(delivered.toordinal() + later)):
        assert [states(each)[-1] for each in chain(project)] == [found, found]


def test_promises_are_the_units_to_make(city):
    project = city.project("filed")
    with pytest.raises(Forbidden):
        promise(city, project, LINE, by="centre")
    promise(city, project, LINE)
    assert [each.name for each in chain(project)] == ["总体目标", "网上办件率"]


def test_the_card_says_what_is_missing_in_words(city, client):
    project = city.project("accepted")
    promise(city, project, LINE)
    client.force_login(city.applicant)
    body = client.get(f"/projects/{project.number}/").content.decode()
    assert "承诺链" in body and "缺 <b>3</b> 处" in body and "补充指标" in body
    form = client.get(f"/projects/{project.number}/records/performance_target/").content.decode()
    assert "网上办件率" in form
    client.force_login(city.users["centre"])
    assert "补充指标" not in client.get(f"/projects/{project.number}/").content.decode()
