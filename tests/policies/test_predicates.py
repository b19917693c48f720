"""Here: the named tests at their edges. Not here: rules that use them."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policies.predicates import PREDICATES

MONEY = st.decimals(min_value=0, max_value=10**12, places=2)
DATES = st.dates()
FEN = Decimal("0.01")


def holds(name: str, value, **extra) -> bool:
    """What the test of this name says."""
    return PREDICATES[name].holds(value, **extra)


@given(MONEY)
def test_at_least_includes_the_line_and_excludes_one_fen_less(line: Decimal) -> None:
    assert holds("at_least", line, bound=line)
    assert holds("at_least", line + FEN, bound=line)
    assert not holds("at_least", line - FEN, bound=line)


@given(MONEY, MONEY)
def test_comparisons_are_each_others_complement(value: Decimal, bound: Decimal) -> None:
    assert holds("below", value, bound=bound) is not holds("at_least", value, bound=bound)
    assert holds("above", value, bound=bound) is not holds("at_most", value, bound=bound)
    assert holds("equals", value, bound=bound) is not holds("differs", value, bound=bound)


@given(DATES, DATES)
def test_dates_are_each_others_complement(value: date, bound: date) -> None:
    assert holds("before", value, bound=bound) is not holds("on_or_after", value, bound=bound)
    assert holds("on_or_before", value, bound=bound) is (value <= bound)


@given(st.decimals(min_value=1, max_value=10**9, places=2))
def test_ratio_is_not_rounded(total: Decimal) -> None:
    tenth = total * Decimal("0.1")
    assert holds("ratio_at_most", tenth, bound=Decimal("0.1"), of=total)
    assert not holds("ratio_at_most", tenth + Decimal("0.000001"), bound=Decimal("0.1"), of=total)


@pytest.mark.parametrize("value", [None, False, "", [], ()])
def test_nothing_on_file_is_absent(value) -> None:
    assert holds("absent", value)
    assert not holds("present", value)


@pytest.mark.parametrize("value", [True, 0, Decimal("0.00"), "无", ["甲"], date(2026, 3, 2)])
def test_anything_on_file_is_present_even_zero(value) -> None:
    assert holds("present", value)
    assert not holds("absent", value)


@pytest.mark.parametrize(
    ("name", "value", "bound", "expected"),
    [
        ("one_of", "新建", ["新建", "扩建"], True),
        ("one_of", "运维", ["新建", "扩建"], False),
        ("none_of", "运维", ["新建", "扩建"], True),
        ("contains", ["甲", "乙"], "乙", True),
        ("contains", ["甲", "乙"], "丙", False),
        ("contains_all", ["甲", "乙", "丙"], ["甲", "丙"], True),
        ("contains_all", ["甲"], ["甲", "丙"], False),
        ("contains_all", [], [], True),
        ("mentions", ["机房装修", "部门专线续租"], ["专网", "专线"], True),
        ("mentions", ["机房装修"], ["专网", "专线"], False),
        ("mentions", "新建专网一条", ["专网"], True),
        ("mentions", [], ["专网"], False),
    ],
)
def test_membership(name: str, value, bound, expected: bool) -> None:
    assert holds(name, value, bound=bound) is expected


@pytest.mark.parametrize("value", [1, "是", "yes", Decimal(1)])
def test_yes_is_only_yes(value) -> None:
    assert not holds("yes", value)
    assert not holds("no", value)


def test_only_presence_tests_look_at_the_unknown() -> None:
    assert {each.name for each in PREDICATES.values() if each.accepts_unknown} == {"present", "absent"}
