"""Here: a declared approval sets the figure that thresholds look at. Not here: the budget's approval (tests/budget)."""

from datetime import date
from decimal import Decimal

from budget.money import money_of
from egov_projects.scenarios.city import build
from egov_projects.walk import Walker
from organizations import clock
from policies.loader import load
from projects.filing import open_draft
from projects.models import Project


def test_an_approved_total_becomes_the_investment(db):
    with clock.at(date(2025, 4, 1)):
        city = build(load("sichuan-provincial"), keep=True)
        project = open_draft(actor=city.users["applicant"], name="民政综合业务平台", kind="新建", origin="单位申报")
        Project.objects.filter(pk=project.pk).update(declared_total=Decimal("16000000.00"))
        walker = Walker(city.users, fields={"feasibility_approval": {"amount": "15000000.00"}})
        walker.record(Project.objects.get(pk=project.pk), "filing")
        walker.walk_to(Project.objects.get(pk=project.pk), "endorsed")
        assert money_of(Project.objects.get(pk=project.pk))["approved"] is None
        project = walker.walk_to(Project.objects.get(pk=project.pk), "approved")
    project.refresh_from_db()
    assert (project.investment, project.investment_source) == (Decimal("15000000.00"), "批复总投资")
    assert money_of(project)["approved"] == Decimal("15000000.00")
