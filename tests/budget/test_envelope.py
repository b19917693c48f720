"""Here: 可用财力, the yearly table and the list of units without operations. Not here: the sheet itself."""

from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from budget.annual import annual_plan
from budget.envelope import arranged, available, set_envelope
from budget.facts_money import arranged as arranged_fact
from budget.facts_money import available as available_fact
from budget.facts_money import beyond_envelope
from budget.lists import units_without_operations
from projects.errors import Invalid
from projects.models import ProjectFlag
from projects.transitions import perform


@pytest.fixture
def envelope(city):
    """envelope(amount): finance sets 2027."""

    def put(amount: str, actor: str = "finance"):
        return set_envelope(
            actor=city.users[actor], jurisdiction=city.jurisdiction, year=2027, amount=Decimal(amount)
        )

    return put


def flagged(project) -> list[str]:
    """Reasons of the open flags of YQ-3.3-1."""
    return list(ProjectFlag.objects.filter(project=project, rule="YQ-3.3-1", cleared_on=None).values_list("reason", flat=True))


def arrange(put, project, amount: str, source: str = "本级财政", year: int = 2027):
    """One line of this amount."""
    return put(
        project, "budget_sheet",
        lines=[{"name": "软件", "type": "软件开发", "asked": amount, "reviewed": amount}],
        allocations=[{"year": year, "source": source, "amount": amount}],
    )  # fmt: skip


@pytest.mark.parametrize(
    "amount, reasons", [("400000.00", []), ("400000.01", ["超出市级财力:2027年超出0.01元。"])]
)
def test_a_fen_beyond_the_envelope_is_flagged(city, put, envelope, amount, reasons):
    """YQ-3.3-1: 5,000,000.00 available, 4,600,000.00 arranged; a flag, never a refusal."""
    envelope("5000000.00")
    first, second = city.project("endorsed", "4600000.00"), city.project("endorsed", amount, name="排水监测平台")
    arrange(put, first, "4600000.00")
    _, verdicts = arrange(put, second, amount)
    assert {verdict.rule: verdict.outcome for verdict in verdicts}["YQ-3.3-1"] == ("flags" if reasons else "allows")
    assert (flagged(first), flagged(second)) == ([], reasons)
    assert (available_fact(second), arranged_fact(second)) == (Decimal("5000000.00"), Decimal("4600000.00") + Decimal(amount))


def test_only_the_citys_own_money_of_that_year_counts(city, put, envelope):
    envelope("100.00")
    project = city.project("endorsed", "500000.00")
    for source, year in (("上级财政", 2027), ("自筹", 2027), ("本级财政", 2028)):
        arrange(put, project, "500000.00", source, year)
        assert (beyond_envelope(project), arranged(city.jurisdiction.pk, 2027)) == ([], Decimal("0.00"))
    arrange(put, project, "500000.00")
    assert beyond_envelope(project) == ["2027年超出499,900.00元"]


def test_an_unknown_envelope_flags_nothing(city, put):
    project = city.project("endorsed", "500000.00")
    arrange(put, project, "500000.00")
    assert (available(city.jurisdiction.pk, 2027), beyond_envelope(project)) == (None, [])


def test_a_later_envelope_clears_and_raises_flags(city, put, envelope, django_capture_on_commit_callbacks):
    project = city.project("endorsed", "500000.00")
    for amount, reasons in (("499999.99", ["超出市级财力:2027年超出0.01元。"]), ("500000.00", [])):
        with django_capture_on_commit_callbacks(execute=True):
            envelope(amount)
            if not flagged(project) and reasons:
                arrange(put, project, "500000.00")
        assert flagged(project) == reasons
    with django_capture_on_commit_callbacks(execute=True):
        envelope("0.00")
    assert flagged(project) == ["超出市级财力:2027年超出500,000.00元。"]


def test_less_for_one_project_clears_the_flag_of_another(city, put, envelope, django_capture_on_commit_callbacks):
    envelope("500000.00")
    first, second = city.project("endorsed", "300000.00"), city.project("endorsed", "300000.00", name="排水监测平台")
    arrange(put, first, "300000.00")
    arrange(put, second, "300000.00")
    assert flagged(second) == ["超出市级财力:2027年超出100,000.00元。"]
    with django_capture_on_commit_callbacks(execute=True):
        arrange(put, first, "200000.00")
    assert (flagged(first), flagged(second)) == ([], [])


def test_a_rejected_project_frees_its_money(city, put):
    project = city.project("endorsed", "300000.00")
    arrange(put, project, "300000.00")
    assert arranged(city.jurisdiction.pk, 2027) == Decimal("300000.00")
    city.walker().prepare(project, "reject")
    perform(project.pk, "reject", actor=city.users["centre"], note="不再需要")
    assert arranged(city.jurisdiction.pk, 2027) == Decimal("0.00")


def test_only_finance_sets_the_envelope(city, envelope):
    for actor in ("gov_office", "centre", "applicant"):
        with pytest.raises(PermissionDenied):
            envelope("1.00", actor)


@pytest.mark.parametrize("amount", ["-0.01", "0.001", "NaN", "Infinity"])
def test_an_envelope_is_an_amount(envelope, amount):
    with pytest.raises(Invalid):
        envelope(amount)


def test_the_yearly_table_equals_its_rows(city, put, envelope):
    """YQ-3.3-5: per project and source, approved or still 待批."""
    envelope("1000000.00")
    first = city.project("endorsed", "500000.00")
    put(
        first, "budget_sheet", priority="急需",
        allocations=[
            {"year": 2027, "source": "本级财政", "amount": "250000.00"},
            {"year": 2027, "source": "本级财政", "amount": "50000.00"},
            {"year": 2027, "source": "自筹", "amount": "100000.00"},
            {"year": 2028, "source": "本级财政", "amount": "100000.00"},
        ],
    )  # fmt: skip
    city.walker().walk_to(first, "budgeted")
    arrange(put, city.project("endorsed", "800000.00", name="排水监测平台"), "800000.00")
    plan = annual_plan(city.jurisdiction, 2027)
    assert [(row.name, row.unit, row.source, row.amount, row.priority, row.doc_no) for row in plan.rows] == [
        ("智慧城管平台", "市城市管理局", "本级财政", Decimal("300000.00"), "急需", "预批〔2026〕1号"),
        ("智慧城管平台", "市城市管理局", "自筹", Decimal("100000.00"), "急需", "预批〔2026〕1号"),
        ("排水监测平台", "市城市管理局", "本级财政", Decimal("800000.00"), "重要", None),
    ]
    assert [row.is_approved for row in plan.rows] == [True, True, False]
    assert (plan.total, plan.approved_total) == (Decimal("1200000.00"), Decimal("400000.00"))
    assert plan.by_source == {"本级财政": Decimal("1100000.00"), "自筹": Decimal("100000.00")}
    assert (plan.available, plan.remaining) == (Decimal("1000000.00"), Decimal("-100000.00"))
    later = annual_plan(city.jurisdiction, 2028)
    assert (later.total, later.available, later.remaining) == (Decimal("100000.00"), None, None)
    assert annual_plan(city.jurisdiction, 2029).rows == ()


def test_the_table_takes_as_many_queries_for_three_projects_as_for_one(city, put, django_assert_num_queries):
    arrange(put, city.project("endorsed", "500000.00"), "500000.00")
    with django_assert_num_queries(4):
        annual_plan(city.jurisdiction, 2027)
    for name in ("甲平台", "乙平台"):
        arrange(put, city.project("endorsed", "500000.00", name=name), "500000.00")
    with django_assert_num_queries(4):
        assert len(annual_plan(city.jurisdiction, 2027).rows) == 3


def test_units_with_live_systems_and_no_declaration_are_listed(city):
    """YQ-3.1-5: listed until the unit has filed the year's operations; a draft does not count."""
    system = city.project("in_service", "500000.00")
    assert units_without_operations(city.jurisdiction, 2027) == [(city.unit, [system])]
    draft = city.draft("100000.00", kind="运行维护", name="城管平台运维")
    assert units_without_operations(city.jurisdiction, 2027) == [(city.unit, [system])]
    city.walker().walk_to(draft, "filed")
    assert units_without_operations(city.jurisdiction, 2027) == []
    assert units_without_operations(city.jurisdiction, 2028) == [(city.unit, [system])]


def test_a_unit_that_still_builds_is_not_listed(city):
    city.project("accepted", "500000.00")
    assert units_without_operations(city.jurisdiction, 2027) == []
