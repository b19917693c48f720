"""Here: properties of the money ledger under random play. Not here: single cases (test_payment.py)."""

from decimal import Decimal

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from budget.models import BudgetSheet, Payment
from budget.money import money_of
from projects.errors import Invalid
from projects.evidence import void

LIMIT = Decimal("1000.00")
PLAY = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
fen = st.integers(min_value=1, max_value=120_000).map(lambda amount: Decimal(amount) / 100)
kinds = st.sampled_from(["设计费", "监理费", "运维经费", "其他"])
moves = st.lists(st.one_of(st.tuples(st.just("pay"), fen, kinds), st.tuples(st.just("void"), st.integers(0, 9))), max_size=9)


@pytest.fixture
def project(city):
    """A project of 1,000.00 whose scheme has passed."""
    return city.project("scheme_approved", str(LIMIT))


@PLAY
@given(moves=moves)
def test_never_overspent_and_voids_restore(city, put, project, moves):
    with transaction.atomic():
        on_file: list[tuple[int, Decimal]] = []
        for move in moves:
            spent = sum((amount for _, amount in on_file), Decimal("0.00"))
            if move[0] == "void" and on_file:
                gone = on_file.pop(move[1] % len(on_file))
                void(project.pk, "payment", gone[0], actor=city.users["finance"], reason="登记有误")
            elif move[0] == "pay" and spent + move[1] > LIMIT:
                with pytest.raises(Invalid):
                    put(project, "payment", amount=str(move[1]), kind=move[2])
            elif move[0] == "pay":
                on_file.append((put(project, "payment", amount=str(move[1]), kind=move[2])[0].pk, move[1]))
            rows = list(Payment.objects.filter(project=project, voided_at=None).order_by("id").values_list("pk", "amount"))
            assert rows == sorted(on_file)
            assert money_of(project)["paid"] == sum((amount for _, amount in rows), Decimal("0.00"))
            assert money_of(project)["paid"] <= money_of(project)["approved"] == LIMIT
        transaction.set_rollback(True)


rows_of_sheet = st.lists(st.tuples(st.integers(0, 10**8), st.integers(0, 10**8)), min_size=1, max_size=5)


@PLAY
@given(rows=rows_of_sheet, off_by=st.sampled_from([0, 0, 0, 1, -1]), cut=st.integers(0, 100))
def test_totals_equal_their_rows(city, put, endorsed, rows, off_by, cut):
    """Lines sum to the totals, and an arrangement is kept only when it equals the reviewed total to the fen."""
    lines = [
        {
            "name": f"第{at}项", "type": "其他", "asked": str(Decimal(asked) / 100), "reviewed": str(Decimal(left) / 100),
            "cut_reason": "按市场价核定",
        }
        for at, (asked, left) in enumerate(rows)
    ]  # fmt: skip
    asked, left = (sum(column) for column in zip(*rows, strict=True))
    first = left * cut // 100
    spread = [
        {"year": year, "source": "本级财政", "amount": str(Decimal(amount) / 100)}
        for year, amount in ((2027, first), (2028, left - first + off_by))
    ]
    with transaction.atomic():
        if off_by or left - first + off_by < 0:
            with pytest.raises(Invalid) as error:
                put(endorsed, "budget_sheet", lines=lines, allocations=spread)
            assert list(error.value.errors) == ["allocations"]
        else:
            sheet = BudgetSheet.objects.get(pk=put(endorsed, "budget_sheet", lines=lines, allocations=spread)[0].pk)
            assert (sheet.asked_total, sheet.reviewed_total) == (Decimal(asked) / 100, Decimal(left) / 100)
            assert sum(line.reviewed for line in sheet.lines.all()) == sheet.reviewed_total
            assert sum(row.amount for row in sheet.allocations.all()) == sheet.reviewed_total
        transaction.set_rollback(True)


@pytest.fixture
def endorsed(city):
    """A project that may be given a budget."""
    return city.project("endorsed", str(LIMIT))
