"""Here: a project with a known list of approved items, and one line to put evidence on file. Not here: the city."""

from dataclasses import dataclass

import pytest

from egov_projects.walk import submit
from projects.evidence import EVIDENCE
from projects.judgement import consider
from projects.models import Project
from projects.transitions import perform
from tests.conftest import City

SERVER = {"name": "服务器", "specification": "2U 双路 32 核", "unit": "台", "quantity": "4"}
SOFTWARE = {"name": "应用软件开发", "specification": "含移动端", "unit": "项", "quantity": "1"}
PRINTER = {"name": "标签打印机", "specification": "热敏", "unit": "台", "quantity": "1"}
APPROVED = [
    SERVER | {"is_equipment": True, "amount": "200000.00"},
    SOFTWARE | {"is_equipment": False, "amount": "299920.00"},
    PRINTER | {"is_equipment": True, "amount": "80.00"},
]
OFFICE = {
    "procurement_decision": "finance",
    "tender_document": "tender",
    "tender_review": "centre",
    "tender_notice": "tender",
    "asset_confirmation": "finance",
}


@dataclass
class Purchase:
    """One project in procurement; `put` acts for the office whose task it is."""

    city: City
    project: Project

    def put(self, name: str, *, role: str = "", **fields):
        """Record evidence: the lawful example overlaid with `fields`. Returns the record."""
        data = {**EVIDENCE[name].example(self.project), **fields}
        actor = self.city.users[role or OFFICE.get(name, "applicant")]
        return submit(self.project, name, data, actor=actor)[0]

    def chain(self, *names: str) -> None:
        """Put these on file, one after the other, by their examples."""
        for name in names:
            self.put(name)

    def move(self, name: str) -> None:
        """Make a move of the unit."""
        perform(self.project.pk, name, actor=self.city.applicant)
        self.project.refresh_from_db()

    def fact(self, name: str):
        """What the room answers."""
        from policies.vocabulary import FACTS

        return FACTS[name].answer(self.project)

    def flags(self) -> dict[str, str]:
        """The flags that stand, by rule."""
        return dict(self.project.flags.filter(cleared_on=None).values_list("rule", "reason"))

    def outcome(self, action: str, rule: str) -> str:
        """What one rule says of an action now."""
        return next(str(each.outcome) for each in consider(self.project, action).verdicts if each.rule == rule)


@pytest.fixture
def approved(city) -> Purchase:
    """A scheme has been approved with three items."""
    project = city.project("scheme_approved", "500000.00", fields={"scheme_opinion": {"approved": APPROVED}})
    return Purchase(city, project)


@pytest.fixture
def purchase(approved) -> Purchase:
    """Everything was applied for by open tender; the finance bureau has not answered."""
    approved.put("procurement_application")
    approved.city.walker().prepare(approved.project, "apply_procurement")
    approved.move("apply_procurement")
    return approved


@pytest.fixture
def accepted(purchase) -> Purchase:
    """The finance bureau has accepted the application."""
    purchase.put("procurement_decision")
    return purchase


def refused(error) -> list[str]:
    """The rules that refused."""
    return sorted(error.value.rules)
