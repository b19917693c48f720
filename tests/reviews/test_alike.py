"""Here: which parts of two texts count as alike. Not here: which projects are compared (test_duplicates)."""

from reviews.alike import LONGEST, marked


def test_runs_of_four_characters_are_alike():
    assert marked("建立全市统一的停车平台", "建立镇级统一的停车系统") == [
        ("建立全市", False),
        ("统一的停车", True),
        ("平台", False),
    ]


def test_shorter_runs_are_not():
    assert marked("停车平台", "停车系统") == [("停车平台", False)]
    assert marked("停车平台", "停车系统", 2) == [("停车", True), ("平台", False)]


def test_nothing_typed_says_so():
    assert marked("", "停车系统") == [("未填", False)]


def test_a_very_long_text_is_not_searched():
    long = "城市管理" * LONGEST
    assert marked(long, "城市管理平台") == [(long, False)]
    assert marked(long, long) == [(long, True)]
