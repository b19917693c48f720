"""How papers write amounts, names and punctuation."""

from decimal import Decimal

import pytest

from papers.content import Content, Items, Para, Table
from papers.wording import filled, formal, full_stop, full_width, money_in_full, official, quantity


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("依据一(二)1,投资 1,000.00 元,其中", "依据一（二）1，投资1,000.00元，其中"),
        ("(一(二)1)", "（一（二）1）"),
        ("定于 10:30 开始:请到会", "定于10:30开始：请到会"),
        ("见 http://a.b/c?d=1;f(x)", "见 http://a.b/c?d=1;f(x)"),
        ("HT(2026)01", "HT(2026)01"),
        ("平台(二期)", "平台（二期）"),
    ],
)
def test_punctuation_is_full_width_beside_chinese_only(typed, printed):
    assert full_width(typed) == printed


def test_amounts_beyond_words_and_unknown_ones():
    assert money_in_full(None) == "未知"
    assert money_in_full(Decimal("1999999.99")) == "1,999,999.99元（大写：壹佰玖拾玖万玖仟玖佰玖拾玖元玖角玖分）"
    assert money_in_full(Decimal("1000000000000.00")) == "1,000,000,000,000.00元"


@pytest.mark.parametrize(
    ("unit", "place", "name"),
    [
        ("市财政局", "乐清市", "乐清市财政局"),
        ("县财政局", "霍邱县", "霍邱县财政局"),
        ("虹桥镇人民政府", "乐清市", "虹桥镇人民政府"),
        ("市财政局", "", "市财政局"),
    ],
)
def test_units_by_their_full_name(unit, place, name):
    assert formal(unit, place) == name


def test_nothing_is_said_to_be_missing():
    assert [filled(each) for each in (None, "", "  ", [], ["", " "])] == ["未填"] * 5
    assert filled(["甲", " 乙 "]) == "甲、乙"
    assert filled(0) == "0"
    assert quantity(None) == "未知"
    assert quantity(Decimal("10.00")) == "10"


@pytest.mark.parametrize(
    ("typed", "sentence"), [("同意", "同意。"), ("同意;", "同意。"), ("如下:", "如下:"), ("好!", "好!")]
)
def test_every_sentence_ends(typed, sentence):
    assert full_stop(typed) == sentence


def test_every_text_of_a_paper_is_made_official_and_figures_are_not():
    content = official(
        Content("标题(二)", [Para("甲,乙"), Items(["丙:丁"]), Table(["金额(元)"], [[Decimal("1000.00")]])])
    )
    assert content.title == "标题（二）"
    assert content.blocks == (
        Para("甲，乙"), Items(["丙：丁"]), Table(["金额（元）"], [[Decimal("1000.00")]]),
    )  # fmt: skip
