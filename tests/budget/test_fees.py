"""Here: the design and supervision fees that a sheet must have before it is signed. Not here: signatures (test_review.py)."""

from decimal import Decimal

import pytest

from projects.errors import Refused


def refused(call, *args, **kwargs) -> list[str]:
    """The rules that refuse."""
    with pytest.raises(Refused) as error:
        call(*args, **kwargs)
    return error.value.rules


@pytest.mark.parametrize(
    "investment, lines, rules",
    [
        ("999999.99", [("软件", "软件开发", "999999.99")], []),
        ("1000000.00", [("软件", "软件开发", "1000000.00")], ["YQ-3.4-5"]),
        ("1000000.01", [("软件", "软件开发", "1000000.01")], ["YQ-3.4-5"]),
        ("1000000.00", [("软件", "软件开发", "990000.00"), ("设计", "设计费用", "10000.00")], []),
        ("1000000.00", [("软件", "软件开发", "1000000.00"), ("设计", "设计费用", "0.00")], ["YQ-3.4-5"]),
        ("999999.99", [("软件", "软件开发", "1000000.00")], ["YQ-3.4-5"]),
        ("999999.99", [("软件", "软件开发", "999999.99"), ("设计", "设计费用", "0.00")], []),
        ("1000000.00", [("软件", "软件开发", "999999.99")], ["YQ-3.4-5"]),
        ("1000000.00", [("软件", "软件开发", "999999.98"), ("设计", "设计费用", "0.00")], ["YQ-3.4-5"]),
    ],
)
def test_the_design_fee_stands_in_the_budget(city, put, sheet, investment, lines, rules):
    """YQ-3.4-5, one fen below, at and above; the sheet about to be approved counts as well as the declared total."""
    project = city.project("endorsed", investment)
    sheet(project, *[(*line, line[2]) for line in lines])
    if rules:
        assert refused(put, project, "budget_signature") == rules
    else:
        put(project, "budget_signature")


def test_a_design_fee_of_nothing_is_explained(city, put):
    project = city.project("endorsed", "1000000.00")
    lines = [
        {"name": "软件", "type": "软件开发", "asked": "1000000.00", "reviewed": "1000000.00"},
        {"name": "设计", "type": "设计费用", "asked": "0.00", "reviewed": "0.00", "note": "由市级统一设计,不另收费"},
    ]
    put(project, "budget_sheet", lines=lines)
    put(project, "budget_signature")


@pytest.mark.parametrize(
    "declared, reviewed, fee, rules",
    [
        ("2000000.00", "1979999.99", None, ["YQ-3.6-8"]),
        ("1999999.99", "1980000.00", None, ["YQ-3.6-8"]),
        ("1999999.99", "1979999.99", None, []),
        ("2000000.00", "1939999.99", {}, ["YQ-3.6-7"]),
        ("1999999.99", "1940000.00", {}, ["YQ-3.6-7"]),
        ("1999999.99", "1939999.99", {}, []),
    ],
)
def test_the_declared_total_counts_as_well_as_the_reviewed_one(city, put, declared, reviewed, fee, rules):
    """YQ-3.6-8, YQ-3.6-7: whichever of the two reaches the line; the fees add 20,000 and 40,000."""
    project = city.project("endorsed", declared, kind="扩建")
    lines = [
        {"name": "软件", "type": "软件开发", "asked": reviewed, "reviewed": reviewed},
        {"name": "设计", "type": "设计费用", "asked": "20000.00", "reviewed": "20000.00"},
    ]
    if fee is not None:
        lines.append({"name": "监理", "type": "监理费用", "asked": "40000.00", "reviewed": "40000.00", **fee})
    total = sum(Decimal(line["reviewed"]) for line in lines)
    put(
        project, "budget_sheet", lines=lines,
        allocations=[{"year": 2027, "source": "本级财政", "amount": str(total)}],
    )  # fmt: skip
    if rules:
        assert refused(put, project, "budget_signature") == rules
    else:
        put(project, "budget_signature")


SUPERVISED = {"cost_basis": "1980000.00", "complexity": "较复杂"}


@pytest.mark.parametrize(
    "kind, investment, fee, rules",
    [
        ("扩建", "2000000.00", None, ["YQ-3.6-8"]),
        ("扩建", "1999999.99", None, []),
        ("扩建", "2000000.01", None, ["YQ-3.6-8"]),
        ("运行维护", "2000000.00", None, []),
        ("扩建", "2000000.00", SUPERVISED, []),
        ("扩建", "2000000.00", {"cost_basis": "1980000.00"}, ["YQ-3.6-7"]),
        ("扩建", "2000000.00", {"complexity": "较复杂"}, ["YQ-3.6-7"]),
        ("扩建", "1999999.99", {}, []),
    ],
)
def test_the_supervision_fee_stands_in_the_budget_with_its_bases(city, put, kind, investment, fee, rules):
    """YQ-3.6-8 and YQ-3.6-7, one fen below, at and above; not for operations."""
    project = city.project("endorsed", investment, kind=kind)
    rest = Decimal(investment) - (Decimal("20000.00") if fee is None else Decimal("60000.00"))
    lines = [
        {"name": "软件", "type": "软件开发", "asked": str(rest), "reviewed": str(rest)},
        {"name": "设计", "type": "设计费用", "asked": "20000.00", "reviewed": "20000.00"},
    ]
    if fee is not None:
        lines.append({"name": "监理", "type": "监理费用", "asked": "40000.00", "reviewed": "40000.00", **fee})
    put(project, "budget_sheet", lines=lines)
    if rules:
        assert refused(put, project, "budget_signature") == rules
    else:
        put(project, "budget_signature")
