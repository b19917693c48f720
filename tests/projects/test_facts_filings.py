"""Here: what counts as filed, handed in and paid by the centre. Not here: what packs make of it (scenarios)."""

from datetime import date
from decimal import Decimal

import pytest

from organizations import clock
from organizations.models import Office
from policies.vocabulary import FACTS
from projects.models import DeclaredRecord
from projects.models.filing import FundingLine

DAY = date(2026, 3, 2)


def told(project, name: str):
    return FACTS[name].answer(project)


def put(city, project, name: str, **data) -> None:
    """Beside the door: this city's own pack does not know these kinds."""
    given = {"recorded_by": city.applicant, "recorded_role": "applicant", "recorded_on": DAY, "recorded_at": clock.now()}
    DeclaredRecord.objects.bulk_create([DeclaredRecord(project=project, name=name, data=data, **given)])


@pytest.mark.parametrize(
    ("lines", "central"),
    [
        ([], None),
        ([("本级财政", "市级", "10.00")], "0.00"),
        ([("上级财政", "中央", "0.01"), ("本级财政", "市级", "9.99")], "0.01"),
        ([("上级财政", "中央财政", "3.00"), ("财政补助", "国家级", "4.00"), ("上级财政", "省级", "5.00")], "7.00"),
        ([("自筹", "中央", "8.00")], "0.00"),
    ],
)
def test_central_money_is_fiscal_money_of_central_level(city, lines, central):
    project = city.draft()
    project.funding.all().delete()
    for source, level, amount in lines:
        FundingLine.objects.create(project=project, source=source, level=level, amount=amount)
    assert told(project, "filing.central_funds") == (central and Decimal(central))


def test_a_stage_is_filed_until_it_is_sent_back(city):
    project = city.draft()
    assert told(project, "stage_filings.done") == []
    put(city, project, "stage_filing", stage="立项")
    put(city, project, "stage_filing", stage="实施")
    assert told(project, "stage_filings.done") == ["实施", "立项"]
    put(city, project, "stage_filing_return", stage="立项", reason="缺件")
    assert told(project, "stage_filings.done") == ["实施"]
    put(city, project, "stage_filing", stage="立项")
    assert told(project, "stage_filings.done") == ["实施", "立项"]


def test_proposals_count_from_the_last_return(city):
    project = city.draft()
    counts = [told(project, "proposal.sent_since_return")]
    for name in ("proposal_submission", "proposal_submission", "proposal_return", "proposal_submission"):
        put(city, project, name)
        counts.append(told(project, "proposal.sent_since_return"))
    assert counts == [0, 1, 2, 0, 1]


def test_the_competent_office_is_whoever_holds_the_governing_role(city):
    project = city.draft()
    office = Office.objects.get(jurisdiction=project.jurisdiction, role=project.pack.governing)
    assert told(project, "project.competent_office") == office.organization.name
    Office.objects.filter(pk=office.pk).update(active=False)
    assert told(project, "project.competent_office") == ""
