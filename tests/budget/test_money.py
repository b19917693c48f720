"""Here: the amounts of a project from declared to paid. Not here: who may change them."""

from decimal import Decimal

from budget.money import money_of
from projects.investment import CHANGE, set_investment
from projects.models import Project

UNKNOWN = {"asked": None, "reviewed": None, "approved": None, "allocated": None, "contracted": None}


def test_what_nobody_has_said_is_unknown_never_zero(city):
    money = money_of(city.project("filed", "500000.00"))
    assert money == {"declared": Decimal("500000.00"), "paid": Decimal("0.00"), **UNKNOWN}


def test_every_amount_once_it_is_known(city, put, sheet):
    project = city.project("endorsed", "500000.00")
    sheet(project, ("软件", "软件开发", "490000.00", "480000.00"))
    walked = city.walker(fields={"contract": {"amount": "470000.00"}}).walk_to(project, "contracted")
    put(walked, "payment", kind="设计费", amount="10000.50")
    assert money_of(walked) == {
        "declared": Decimal("500000.00"),
        "asked": Decimal("490000.00"),
        "reviewed": Decimal("480000.00"),
        "approved": Decimal("480000.00"),
        "allocated": Decimal("480000.00"),
        "contracted": Decimal("470000.00"),
        "paid": Decimal("10000.50"),
    }


def test_an_approved_change_moves_the_limit(city, put):
    project = city.project("scheme_approved", "500000.00")
    set_investment(project, Decimal("500000.10"), CHANGE, actor=city.users["finance"])
    put(project, "payment", kind="设计费", amount="500000.10")
    assert money_of(project)["approved"] == money_of(project)["paid"] == Decimal("500000.10")


def test_a_contract_counts_as_last_amended(city):
    project = city.project("building", "500000.00")
    signed = money_of(project)["contracted"]
    walker = city.walker()
    walker.record(project, "change_request", {"new_total": "520000.00"})
    walker.record(project, "change_review")
    for role in ("finance", "gov_office"):
        walker.record(project, "change_signature", role=role)
    walker.record(project, "change_decision")
    walker.record(project, "contract_amendment", {"amount": "515000.00"})
    project = Project.objects.get(pk=project.pk)
    money = money_of(project)
    assert (signed, money["contracted"], money["approved"]) == (
        Decimal("500000.00"), Decimal("515000.00"), Decimal("520000.00"),
    )  # fmt: skip
