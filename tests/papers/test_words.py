"""Here: figures and days in words, against worked cases and another implementation. Not here: papers."""

from datetime import date
from decimal import Decimal

import cn2an
import pytest
from hypothesis import given
from hypothesis import strategies as st

from papers.words import day_in_words, money_in_words, numeral

WORKED = [
    ("0", "零元整"),
    ("0.05", "伍分"),
    ("0.50", "伍角整"),
    ("10", "壹拾元整"),
    ("1.05", "壹元零伍分"),
    ("10001", "壹万零壹元整"),
    ("100000.05", "壹拾万元零伍分"),
    ("1234567.89", "壹佰贰拾叁万肆仟伍佰陆拾柒元捌角玖分"),
    ("1010000010.00", "壹拾亿壹仟万零壹拾元整"),
    ("10000001100.10", "壹佰亿零壹仟壹佰元壹角整"),
    ("-3.20", "负叁元贰角整"),
]


@pytest.mark.parametrize(("amount", "words"), WORKED)
def test_amounts_in_words(amount, words):
    assert money_in_words(Decimal(amount)) == words


@given(st.integers(min_value=0, max_value=10**14 - 1))
def test_as_others_write_it(cents):
    amount = Decimal(cents) / 100
    other = cn2an.an2cn(format(amount, "f"), "rmb").replace("整", "")
    # Where a whole group is empty people write one 零 or none: that is all in which the two may differ.
    assert money_in_words(amount).replace("整", "").replace("零", "") == other.replace("零", "")


@pytest.mark.parametrize("amount", ["1000000000000", "1.005"])
def test_what_cannot_be_written_is_refused(amount):
    with pytest.raises(ValueError, match="not an amount"):
        money_in_words(Decimal(amount))


def test_days_and_numerals():
    assert day_in_words(date(2026, 3, 2)) == "2026年3月2日"
    assert [numeral(each) for each in (1, 10, 11, 20, 35)] == ["一", "十", "十一", "二十", "三十五"]
    with pytest.raises(ValueError, match="100"):
        numeral(100)
