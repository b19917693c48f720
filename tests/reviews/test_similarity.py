"""Here: how alike two names are. Not here: which projects are compared."""

import pytest

from reviews.similarity import described, grams, normalised, percent


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("智慧城管平台(二期)", "智慧城管平台"),
        ("智慧城管平台第3期工程", "智慧城管平台"),
        ("2026年度智慧城管平台", "智慧城管平台"),
        ("智慧城管平台", "智慧城管平台"),
        ("OA 系统", "oa系统"),
        ("二期", "二期"),
        ("——", ""),
    ],
)
def test_names_are_compared_without_years_phases_and_signs(text, plain):
    assert normalised(text) == plain


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("智慧城管平台", "智慧城管平台二期", 100),
        ("智慧城管平台", "智慧城管系统", 60),
        ("智慧城管平台", "智慧校园平台", 40),
        ("智慧城管平台", "档案数字化", 0),
        ("智慧城管平台", "——", 0),
        ("——", "——", 0),
    ],
)
def test_similarity_in_percent(one, other, alike):
    assert percent(grams(one), grams(other)) == alike


def test_a_short_description_tells_nothing():
    assert described("业务全程网上办理,群众少跑腿。") == frozenset()
    assert percent(described("一" * 20), described("一" * 20)) == 100
