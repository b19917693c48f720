"""Here: what the house's fields read and what they refuse, to the exact message. Not here: any form that uses them."""

import unicodedata
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from hypothesis import example, given
from hypothesis import strategies as st

from projects.fields import LinesField, MoneyField
from projects.forms import ESTIMATE_COLUMNS, row_form
from projects.models import EstimateLine

NO_NUMBER = "请填写金额数字(元),例如 680000.00;不能写“万”“百万”等单位。"
TOO_FINE = "金额最多到分(两位小数)。"


def read(value, **options):
    return MoneyField(**options).clean(value)


def messages(field, value):
    with pytest.raises(ValidationError) as error:
        field.clean(value)
    return error.value.messages


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("0", "0"), ("0.00", "0.00"), ("-0", "0"), ("680000", "680000"), ("680000.5", "680000.5"), ("1,000,000.00", "1000000.00"),
        ("12,345", "12345"), (" 5 ", "5"), ("680000.00", "680000.00"), ("１２３.４５", "123.45"),
        ("1,000", "1000"), ("99999999999999.99", "99999999999999.99"), (7, "7"), (Decimal("0.01"), "0.01"),
    ],
)  # fmt: skip
def test_an_amount_is_read(text, amount):
    assert read(text) == Decimal(amount)
    assert str(read(text)) == amount


@pytest.mark.parametrize(
    "value",
    ["1百万", "100万", "一百", "1,00", "1,0000", "10,00,000", ",5", "1,000,", "abc", "--", "1 000", "¥5", "5元", "0x10",
     "1_000", 0.1, 5.0, True, False, float("nan"), "NaN", "nan", "sNaN", "Infinity", "-Infinity", "inf", "\x00", "1e", "½",
     "1e3", "1.", ".5", "+5", "٣", "- 1"],
)  # fmt: skip
def test_what_is_not_plainly_an_amount_is_an_error(value):
    assert messages(MoneyField(), value) == [NO_NUMBER]


@pytest.mark.parametrize("value", ["1,000,000.005", "0.001", "1.000", Decimal("0.001")])
def test_less_than_a_fen_is_an_error_and_never_rounded(value):
    assert messages(MoneyField(), value) == [TOO_FINE]


@pytest.mark.parametrize("value", ["-1", "-0.01", "－1"])
def test_less_than_nothing_is_an_error(value):
    assert messages(MoneyField(), value) == ["确保该值大于或等于0。"]


@pytest.mark.parametrize("value", ["100000000000000", "1e30", "123456789012345.00"])
def test_more_than_the_column_holds_is_an_error(value):
    assert len(messages(MoneyField(), value)) == 1


@pytest.mark.parametrize("value", ["", None, "   "])
def test_nothing_is_unknown_or_an_error_and_never_zero(value):
    assert read(value, required=False) is None
    assert messages(MoneyField(), value) == ["该字段是必填项。"]


@given(st.one_of(st.text(), st.text("0123456789.,-+eE０１２ 万元_"), st.decimals(allow_nan=True).map(str)))
@example("0E-2")
@example("-0")
@example("1_0")
@example("٣")
def test_any_text_is_an_amount_to_the_fen_or_an_error(text):
    try:
        amount = read(text, required=False)
    except ValidationError:
        return
    if amount is None:
        assert unicodedata.normalize("NFKC", text).strip() == ""
        return
    assert amount.is_finite()
    assert amount >= 0
    assert amount == amount.quantize(Decimal("0.01"))
    assert amount != 0 or "0" in unicodedata.normalize("NFKC", text)


ROW = {
    "name": "软件", "type": "软件开发", "unit": "人月", "quantity": "2", "unit_price": "0.50", "amount": "1.00",
}  # fmt: skip


def table(**options):
    return LinesField(row_form(EstimateLine, ESTIMATE_COLUMNS), label="概算明细", **options)


def test_rows_are_cleaned_in_their_order():
    rows = table().clean([ROW, ROW | {"name": "硬件", "amount": "1,000.00"}])
    assert [(row["name"], row["amount"]) for row in rows] == [("软件", Decimal("1.00")), ("硬件", Decimal("1000.00"))]
    assert rows[0]["specification"] == ""


def test_errors_name_row_and_column():
    found = messages(table(), [ROW, ROW | {"amount": "1百万", "name": ""}, ROW | {"type": "硬"}])
    assert found == [
        "第2行 名称:该字段是必填项。",
        f"第2行 金额(元):{NO_NUMBER}",
        "第3行 类型:选择一个有效的选项。 硬 不在可用的选项中。",
    ]


def test_an_unknown_column_is_named():
    assert messages(table(), [ROW, ROW | {"price": "1"}]) == ["第2行 未知的列“price”"]


@pytest.mark.parametrize("value", ["很多", 5, {"name": "软件"}, ["软件"], [ROW, None], [[ROW]]])
def test_something_else_than_a_table_is_an_error(value):
    assert messages(table(), value) == ["这里应是一张表(逐行填写)。"]


def test_too_few_and_too_many_rows_are_errors():
    assert messages(table(minimum=1), []) == ["至少填写 1 行。"]
    assert messages(table(minimum=1), None) == ["至少填写 1 行。"]
    assert messages(table(maximum=1), [ROW, ROW]) == ["最多 1 行。"]
    assert table().clean(None) == table().clean("") == []


def test_a_browser_sends_cells_and_blank_rows_are_left_out():
    cells = {f"estimate-{number}-{key}": value for number in (0, 2) for key, value in ROW.items()}
    cells |= {"estimate-1-name": " ", "estimate-x-name": "?"}
    widget = table().widget
    assert [row["name"] for row in widget.value_from_datadict(cells, {}, "estimate")] == ["软件", "软件"]
    assert widget.value_from_datadict({"other": 1}, {}, "estimate") is None
    assert widget.value_from_datadict({"estimate": "[]"}, {}, "estimate") == []
    assert widget.value_from_datadict({"estimate": "[{"}, {}, "estimate") == "[{"
