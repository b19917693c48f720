"""Here: comparing two lists of items, without a database."""

from decimal import Decimal

from procurement.comparison import Wanted, compare


def item(name="服务器", specification="2U", quantity="4") -> Wanted:
    return Wanted(name, specification, Decimal(quantity))


def words(wanted, found, **how) -> list[str]:
    return [row.in_words() for row in compare(wanted, found, **how) if row.differences]


def test_equal_lists():
    assert words([item()], [item()]) == []
    assert words([item()], [item(quantity="1"), item(quantity="3")]) == []
    assert words([item("服务器")], [item(" 服 务器 ")]) == []


def test_a_part_is_no_difference_where_parts_are_allowed():
    assert words([item(), item("打印机")], [item(quantity="3.99")], part=True) == []
    assert words([item(), item("打印机")], [item(quantity="3.99")]) == [
        "服务器:数量不同(核准 4,现为 3.99)",
        "打印机:缺少",
    ]


def test_more_than_wanted():
    assert words([item()], [item(quantity="4.01")], part=True) == ["服务器:数量超出(核准 4,现为 4.01)"]
    assert words([item()], [item(quantity="4"), item(quantity="1")]) == ["服务器:数量不同(核准 4,现为 5)"]


def test_specification_and_quantity_at_once():
    assert words([item()], [item(specification="4U", quantity="10")]) == [
        "服务器:规格不同(核准“2U”,现为“4U”)、数量不同(核准 4,现为 10)"
    ]


def test_items_of_one_name_are_told_apart_by_specification():
    approved = [item(), item(specification="4U", quantity="2")]
    assert words(approved, [item(specification="4U", quantity="2"), item()]) == []
    assert words(approved, [item(specification="4U", quantity="3"), item()]) == ["服务器:数量不同(核准 2,现为 3)"]


def test_a_stranger_is_listed_last():
    rows = compare([item()], [item("空调"), item()])
    assert [(row.name, row.differences) for row in rows] == [("服务器", ()), ("空调", ("未列入",))]
    assert rows[1].wanted is None and rows[1].in_words() == "空调:未列入"
