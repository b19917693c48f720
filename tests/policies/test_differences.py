"""Here: what changes between two packs, and for whom. Not here: live projects (tests/projects/test_packs.py)."""

from dataclasses import replace
from decimal import Decimal

from policies.differences import Span, differences, groups, heads, joined, spans
from policies.impact import moved_line
from policies.loader import load

LINE, RAISED = Decimal("2000000.00"), Decimal("3000000.00")


def test_a_raised_line_drops_its_duties_between_the_two_lines():
    pack = load("yueqing-2015")
    found = differences(pack, moved_line(pack, LINE, RAISED))
    assert {each.sign for each in found} == {"-"}
    assert "YQ-3.4-11" in {each.duty.rule for each in found}
    for each in found:
        assert {tuple(amounts) for amounts in each.whom.values()} == {(Span(LINE, RAISED - Decimal("0.01")),)}
    (expert,) = [each for each in found if each.duty.rule == "YQ-3.4-11"]
    assert expert.words(len(groups(pack, pack)), 4).endswith("2,000,000.00 至 2,999,999.99 元")


def test_a_pack_does_not_differ_from_itself():
    pack = load("yueqing-2015")
    assert (differences(pack, pack), heads(pack, pack)) == ([], [])


def test_a_rule_left_out_goes_for_everybody_it_concerned():
    pack = load("yueqing-2015")
    less = replace(pack, rules=tuple(rule for rule in pack.rules if rule.id != "YQ-1.1-2"), doc_no="新文号")
    found = differences(pack, less)
    assert {(each.sign, each.duty.rule) for each in found} == {("-", "YQ-1.1-2")}
    assert found[0].words(len(groups(pack, less)), len(spans(pack, less))) == "所有项目"
    assert [name for name, _, _ in heads(pack, less)] == ["doc_no"]


def test_touching_spans_are_one():
    one, two, three = (Span(Decimal(a), Decimal(b)) for a, b in (("0", "1.99"), ("2", "2.99"), ("5", "6")))
    assert joined([one, two, three]) == [Span(Decimal("0"), Decimal("2.99")), three]
