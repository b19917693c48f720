"""Here: the detailed budget, its versions and what may be typed. Not here: signatures (test_review.py)."""

from decimal import Decimal

import pytest

from budget.facts import has_design_line, progress, unreviewed_lines
from budget.facts_money import cut_total, sheet_total
from budget.models import BudgetSheet
from projects.errors import Closed, Forbidden, Invalid, Refused


@pytest.fixture
def endorsed(city):
    """A project that may be given a budget."""
    return city.project("endorsed", "500000.00")


def errors(error) -> dict[str, str]:
    """Field → first message."""
    return {name: each[0]["message"] for name, each in error.value.errors.items()}


def test_the_unit_asks_and_finance_reviews(city, endorsed, put, sheet):
    asked, _ = put(
        endorsed, "budget_sheet", "applicant", allocations=[],
        lines=[
            {"name": "软件", "type": "软件开发", "asked": "300000.00"},
            {"name": "数据", "type": "其他", "asked": "200000.00"},
        ],
    )  # fmt: skip
    assert (asked.version, asked.recorded_role, asked.asked_total, asked.reviewed_total) == (
        1, "applicant", Decimal("500000.00"), None,
    )  # fmt: skip
    assert unreviewed_lines(endorsed) == ["软件", "数据"]
    assert (sheet_total(endorsed), cut_total(endorsed), progress(endorsed)) == (Decimal("500000.00"), None, "待审核")
    reviewed, _ = sheet(
        endorsed, ("软件", "软件开发", "300000.00", "280000.00"), ("数据", "其他", "200000.00", "200000.00")
    )
    assert (reviewed.version, reviewed.recorded_role, reviewed.reviewed_total) == (2, "finance", Decimal("480000.00"))
    assert (sheet_total(endorsed), cut_total(endorsed)) == (Decimal("480000.00"), Decimal("20000.00"))
    assert (unreviewed_lines(endorsed), progress(endorsed)) == ([], "待会审")
    assert reviewed.allocations.get().amount == Decimal("480000.00")


def test_the_unit_does_not_review(city, endorsed, put):
    with pytest.raises(Invalid) as error:
        put(endorsed, "budget_sheet", "applicant")
    assert errors(error) == {"lines": "审核数由市财政局填写,请只填申报数。"}
    assert BudgetSheet.objects.count() == 0


def test_a_cut_needs_a_reason(endorsed, put):
    line = {"name": "软件", "type": "软件开发", "asked": "300000.00", "reviewed": "299999.99"}
    with pytest.raises(Invalid) as error:
        put(endorsed, "budget_sheet", lines=[line])
    assert errors(error)["lines"] == "第1行“软件”的审核数与申报数不同,请填写核减理由。"


def test_all_lines_are_reviewed_or_none(endorsed, put):
    lines = [
        {"name": "软件", "type": "软件开发", "asked": "1.00", "reviewed": "1.00"},
        {"name": "数据", "type": "其他", "asked": "2.00"},
    ]
    with pytest.raises(Invalid) as error:
        put(endorsed, "budget_sheet", lines=lines, allocations=[])
    assert errors(error)["lines"] == "还有未填审核数的明细:数据。"


@pytest.mark.parametrize("arranged", ["499999.99", "500000.01"])
def test_the_arrangement_equals_the_reviewed_total_to_the_fen(endorsed, put, arranged):
    with pytest.raises(Invalid) as error:
        put(endorsed, "budget_sheet", allocations=[{"year": 2027, "source": "本级财政", "amount": arranged}])
    assert list(error.value.errors) == ["allocations"]


def test_the_arrangement_may_span_years_and_sources(endorsed, put):
    rows = [
        {"year": 2027, "source": "本级财政", "amount": "300000.00"},
        {"year": 2027, "source": "自筹", "amount": "100000.00"},
        {"year": 2028, "source": "本级财政", "amount": "100000.00"},
    ]
    record, _ = put(endorsed, "budget_sheet", allocations=rows)
    assert list(record.allocations.values_list("year", "source", "amount")) == [
        (2027, "本级财政", Decimal("300000.00")),
        (2027, "自筹", Decimal("100000.00")),
        (2028, "本级财政", Decimal("100000.00")),
    ]


def test_nothing_is_arranged_for_what_is_not_reviewed(endorsed, put):
    with pytest.raises(Invalid) as error:
        put(endorsed, "budget_sheet", lines=[{"name": "软件", "type": "软件开发", "asked": "500000.00"}])
    assert list(error.value.errors) == ["allocations"]


@pytest.mark.parametrize(
    "fields, wrong",
    [({"priority": ""}, "priority"), ({"priority": "特急"}, "priority"), ({"lines": []}, "lines")],
)
def test_what_a_sheet_cannot_do_without(endorsed, put, fields, wrong):
    with pytest.raises(Invalid) as error:
        put(endorsed, "budget_sheet", **fields)
    assert wrong in error.value.errors
    assert BudgetSheet.objects.count() == 0


@pytest.mark.parametrize("amount", ["1百万", "", "1,000,000.005", "NaN", "-0.01"])
def test_an_amount_that_cannot_be_read_is_never_zero(endorsed, put, amount):
    with pytest.raises(Invalid) as error:
        put(endorsed, "budget_sheet", lines=[{"name": "软件", "type": "软件开发", "asked": amount}], allocations=[])
    assert "lines" in error.value.errors


def test_only_finance_and_the_unit_write_it(endorsed, put):
    with pytest.raises(Forbidden) as error:
        put(endorsed, "budget_sheet", "planning")
    assert error.value.extra == {"roles": ["finance", "applicant"], "rule": "YQ-3.3-3"}


def test_no_budget_before_the_review_agrees(city, put):
    """YQ-3.2-4: without an opinion not even 0.01 is arranged."""
    project = city.project("filed", "500000.00")
    line = {"name": "软件", "type": "软件开发", "asked": "0.01", "reviewed": "0.01"}
    with pytest.raises(Refused) as error:
        put(
            project, "budget_sheet", lines=[line],
            allocations=[{"year": 2027, "source": "本级财政", "amount": "0.01"}],
        )  # fmt: skip
    assert error.value.rules == ["YQ-3.2-4"]
    assert BudgetSheet.objects.count() == 0


def test_a_sheet_is_closed_once_the_budget_is_approved(city, put):
    with pytest.raises(Closed):
        put(city.project("budgeted"), "budget_sheet")


def test_maintenance_money_is_for_the_declared_year_only(city, put):
    """YQ-3.1-5: last year's declaration does not roll over."""
    project = city.project("endorsed", "300000.00", kind="运行维护")
    for year, refused in ((2026, True), (2027, False), (2028, True)):
        spread = [{"year": year, "source": "本级财政", "amount": "300000.00"}]
        if refused:
            with pytest.raises(Refused) as error:
                put(project, "budget_sheet", allocations=spread)
            assert error.value.rules == ["YQ-3.1-5"]
            assert f"{year}年度" in error.value.verdicts[0].reason
        else:
            put(project, "budget_sheet", allocations=spread)


def test_building_money_may_span_years(endorsed, put):
    _, verdicts = put(
        endorsed, "budget_sheet", allocations=[{"year": 2028, "source": "本级财政", "amount": "500000.00"}]
    )
    assert {verdict.rule: verdict.outcome for verdict in verdicts}["YQ-3.1-5"] == "not_applicable"


@pytest.mark.parametrize(
    "kind, investment, design, supervision",
    [
        ("新建", "999999.99", False, False),
        ("新建", "1000000.00", True, False),
        ("新建", "2000000.00", True, True),
        ("运行维护", "2000000.00", True, False),
    ],
)
def test_the_default_sheet_has_the_fees_that_the_pack_asks_for(city, put, kind, investment, design, supervision):
    project = city.project("endorsed", investment, kind=kind)
    record, _ = put(project, "budget_sheet")
    types = set(record.lines.values_list("type", flat=True))
    assert ("设计费用" in types, "监理费用" in types) == (design, supervision)
    assert has_design_line(project) is design
    assert record.reviewed_total == Decimal(investment)
