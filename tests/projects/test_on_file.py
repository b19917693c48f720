"""Here: what is asked once gives what is asked anew. Not here: what single facts answer (each room's tests)."""

import pytest

from policies.vocabulary import FACTS
from procurement.models import Contract, ProcurementApplication
from projects import events
from projects.evidence import EVIDENCE
from projects.judgement import ProjectFacts, facts_may_change, facts_stand, standing
from projects.models import InterimCheck
from projects.on_file import newest, nothing_on_file, records


@pytest.mark.parametrize("state", ["filed", "contracted", "in_service"])
def test_every_fact_is_the_same_while_facts_stand(city, state):
    project = city.project(state)
    names = [name for name, fact in FACTS.items() if fact.answer is not None]
    anew = {name: FACTS[name].answer(project) for name in names}
    with facts_stand(project):
        facts = ProjectFacts(project, project.pack)
        assert {name: facts.get(name) for name in names} == anew
        assert {name: FACTS[name].answer(project) for name in names} == anew


def test_kinds_without_a_record_cost_one_query_together(city, django_assert_num_queries):
    project = city.draft("500000.00")
    kinds = [kind for name, kind in EVIDENCE.items() if name != "filing"]
    with facts_stand(project), django_assert_num_queries(1):
        assert [records(project, kind) for kind in kinds] == [[]] * len(kinds)
        assert newest(project, InterimCheck) is None
    assert not nothing_on_file(project, Contract)  # nothing is known when no facts stand


def test_a_record_carries_its_project_and_void_ones_do_not_count(city):
    project = city.project("procuring")
    kind = EVIDENCE["procurement_application"]
    with facts_stand(project):
        [found] = records(project, kind)
        assert found.project is project
        assert not nothing_on_file(project, ProcurementApplication)
    ProcurementApplication.objects.update(voided_at="2026-01-01T00:00:00Z")
    with facts_stand(project):
        assert (records(project, kind), kind.current(project)) == ([], None)
        assert not nothing_on_file(project, ProcurementApplication)


def test_particular_handlers_take_nothing_for_known(city, monkeypatch):
    project, known = city.project("filed"), []
    monkeypatch.setitem(events._handlers, "trial", [lambda project, **what: known.append(standing(project))])
    monkeypatch.setitem(events._handlers, "*", [lambda project, **what: known.append(standing(project))])
    with facts_stand(project):
        events.happened("trial", project=project)
        with facts_may_change():
            known.append(standing(project))
    assert (known, standing(project)) == ([False, True, False], False)
