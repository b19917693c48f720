"""Here: the amounts of a project from declared to paid. Not here: who may change them."""

from decimal import Decimal

from budget.money import money_of
from policies.vocabulary import FACTS, Fact
from projects.investment import CHANGE, set_investment

UNKNOWN = {"asked": None, "reviewed": None, "approved": None, "allocated": None, "contracted": None}


def test_what_nobody_has_said_is_unknown_never_zero(monkeypatch, city):
    monkeypatch.delitem(FACTS, "procurement.contract_total", raising=False)
    money = money_of(city.project("filed", "500000.00"))
    assert money == {"declared": Decimal("500000.00"), "paid": Decimal("0.00"), **UNKNOWN}


def test_every_amount_once_it_is_known(monkeypatch, city, put, sheet):
    contract = Fact("procurement.contract_total", "money", "合同总额", lambda project: Decimal("470000.00"))
    monkeypatch.setitem(FACTS, "procurement.contract_total", contract)
    project = city.project("endorsed", "500000.00")
    sheet(project, ("软件", "软件开发", "490000.00", "480000.00"))
    walked = city.walker().walk_to(project, "scheme_approved")
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
