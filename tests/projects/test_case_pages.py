"""Here: a pack and its worked cases as people read them. Not here: playing cases (tests/test_scenarios.py)."""

import pytest

from policies import cases
from policies.loader import available, load
from projects.case_reading import CaseReading
from projects.instruments import set_parameter
from projects.reading import Reading

PACK = "yueqing-2015"


def told(name: str) -> CaseReading:
    return CaseReading(load(PACK), cases.cases(PACK)[name])


def test_a_case_tells_what_is_given_and_what_comes_of_it(client, db):
    page = client.get(f"/packs/{PACK}/cases/review-experts-at/")
    context = page.context
    assert dict(context["given"])["投资(元)"] == "2,000,000.00" and "专家评审意见" in dict(context["given"])["没有"]
    first = context["steps"][0]
    assert (first.outcome, [rule.id for rule in first.rules]) == ("被拦下", ["YQ-3.4-11"])
    assert f'href="/packs/{PACK}/#YQ-3.4-11"' in page.content.decode()
    assert client.get(f"/packs/{PACK}/cases/nothing/").status_code == 404


def test_each_rule_leads_to_its_cases(client, db):
    page = client.get(f"/packs/{PACK}/?q=YQ-3.4-11").content.decode()
    assert f'href="/packs/{PACK}/cases/review-experts-at/"' in page
    assert "适用于：投资 ≥ 2,000,000.00" in page and "可由市电子政务中心批准例外" in page


@pytest.mark.parametrize("code", available())
def test_every_case_and_every_check_can_be_told(code):
    pack = load(code)
    for case in cases.cases(code).values():
        steps = list(CaseReading(pack, case).steps())
        assert steps and all(step.what and step.outcome for step in steps), case.name
    reading = Reading(pack)
    assert all(reading.check(check).at for rule in pack.rules for check in rule.checks)


def test_a_parameter_shows_the_value_in_force_where_the_reader_is(client, city):
    pack = load(PACK)
    spec = pack.parameter("interim_exception")
    office = city.users[spec.set_by[0]]
    place = city.jurisdiction.pk
    set_parameter(pack, spec.name, "any", actor=office, jurisdiction_id=place, reason="试行", basis="纪要")

    def value() -> object:
        rows = client.get(f"/packs/{PACK}/").context["parameters"]
        return next(row["value"] for row in rows if row["spec"].name == spec.name)

    assert value() == spec.default != "any"
    client.force_login(city.applicant)
    assert value() == "any"
