"""Here: how facts and rules become verdicts. Not here: real packs (their scenarios), single tests (test_predicates)."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policies.engine import assess
from policies.obligations import obligations
from policies.verdicts import Outcome, Verdict, words
from tests.policies.packs import HEAD, RULE, pack, rule

ON = date(2021, 1, 4)
OPINION = 'when = [{ fact = "project.investment", test = "at_least", value = 2000000.00 }]\n'
OPINION += 'require = [{ fact = "x.opinion", test = "yes" }]\nremedy = "x"\n'
LIMIT = 'require = [{ fact = "x.amount", test = "at_most", value = 300.00 }]\n'
LIMIT += 'message = "合计 {actual} 超过 {bound}。"\n'


def ask(book, facts: dict, *, on: date = ON, action: str = "file", **extra) -> Verdict:
    """The one verdict of the small pack; the project is in scope unless the facts say otherwise."""
    (verdict,) = assess(action, book, {"project.in_scope": True, **facts}, on=on, **extra)
    return verdict


@given(st.decimals(min_value=0, max_value=10**11, places=2))
def test_a_threshold_is_met_at_the_figure_and_not_a_fen_before(amount: Decimal) -> None:
    verdict = ask(rule(OPINION), {"project.investment": amount, "x.opinion": False})
    assert verdict.outcome is (Outcome.REFUSES if amount >= 2_000_000 else Outcome.NOT_APPLICABLE)
    assert verdict.blocks is (amount >= Decimal("2000000.00"))


@given(st.decimals(min_value=Decimal("300.01"), max_value=10**11, places=2))
def test_a_refusal_carries_both_operands(amount: Decimal) -> None:
    verdict = ask(rule(LIMIT), {"x.amount": amount})
    assert verdict.outcome is Outcome.REFUSES
    assert verdict.reason == f"合计 {words(amount)} 超过 300.00。"
    assert words(amount) in verdict.figures[0] and "300.00" in verdict.figures[0]
    assert verdict.citation == "试〔2020〕1号 第一条(P-1)"


def test_what_is_required_and_there_is_allowed() -> None:
    verdict = ask(rule(OPINION), {"project.investment": Decimal("2000000.00"), "x.opinion": True})
    assert (verdict.outcome, verdict.blocks) == (Outcome.ALLOWS, False)


@pytest.mark.parametrize("facts", [{}, {"project.investment": Decimal("2000000.00")}])
def test_an_unknown_fact_is_undetermined_and_blocks(facts: dict) -> None:
    verdict = ask(rule(OPINION), facts)
    assert (verdict.outcome, verdict.blocks) == (Outcome.UNDETERMINED, True)
    assert "尚缺" in verdict.reason


def test_an_unknown_bound_is_undetermined() -> None:
    book = rule('require = [{ fact = "x.amount", test = "at_most", other = "x.limit" }]')
    assert ask(book, {"x.amount": Decimal(1)}).outcome is Outcome.UNDETERMINED
    assert ask(book, {"x.amount": Decimal(1), "x.limit": Decimal(1)}).outcome is Outcome.ALLOWS
    assert ask(book, {"x.amount": Decimal(2), "x.limit": Decimal(1)}).outcome is Outcome.REFUSES


def test_an_undetermined_flag_does_not_block() -> None:
    verdict = ask(rule(OPINION + 'severity = "flag"\n'), {})
    assert (verdict.outcome, verdict.blocks) == (Outcome.UNDETERMINED, False)


def test_a_premise_that_fails_decides_even_beside_an_unknown_one() -> None:
    book = rule(
        'when = [{ fact = "x.a", test = "yes" }, { fact = "x.b", test = "yes" }]\n'
        'require = [{ fact = "x.c", test = "yes" }]'
    )
    assert ask(book, {"x.a": False}).outcome is Outcome.NOT_APPLICABLE
    assert ask(book, {"x.a": True}).outcome is Outcome.UNDETERMINED


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"x.a": True}, Outcome.ALLOWS),
        ({"x.b": True}, Outcome.ALLOWS),
        ({"x.a": False, "x.b": False}, Outcome.REFUSES),
        ({"x.a": False}, Outcome.UNDETERMINED),
        ({}, Outcome.UNDETERMINED),
    ],
)
def test_any_needs_one_alternative(facts: dict, expected: Outcome) -> None:
    book = rule('require = [{ any = [{ fact = "x.a", test = "yes" }, { fact = "x.b", test = "yes" }] }]')
    assert ask(book, facts).outcome is expected


def test_a_parameter_is_a_bound() -> None:
    book = rule('require = [{ fact = "x.amount", test = "at_most", parameter = "limit" }]')
    assert ask(book, {"x.amount": 3, "parameter.limit": 3}).outcome is Outcome.ALLOWS
    assert ask(book, {"x.amount": 4, "parameter.limit": 3}).outcome is Outcome.REFUSES


def test_a_ratio_reads_its_whole() -> None:
    book = rule('require = [{ fact = "x.part", test = "ratio_at_most", value = 0.10, of = "x.whole" }]')
    whole = {"x.whole": Decimal("1000.00")}
    assert ask(book, {"x.part": Decimal("100.00"), **whole}).outcome is Outcome.ALLOWS
    assert ask(book, {"x.part": Decimal("100.01"), **whole}).outcome is Outcome.REFUSES
    assert ask(book, {"x.part": Decimal("100.00")}).outcome is Outcome.UNDETERMINED


def test_a_rule_sleeps_the_day_before_its_pack_takes_effect() -> None:
    book = rule(LIMIT)
    facts = {"project.in_scope": True, "x.amount": Decimal("300.01")}
    assert assess("file", book, facts, on=date(2020, 5, 31)) == ()
    assert assess("file", book, facts, on=date(2020, 6, 1))[0].outcome is Outcome.REFUSES


def test_past_its_end_a_pack_only_flags_what_came_under_it_too_late() -> None:
    book, facts = rule(LIMIT), {"x.amount": Decimal("300.01")}
    assert ask(book, facts, on=date(2025, 12, 31)).outcome is Outcome.REFUSES
    late = ask(book, facts, on=date(2026, 1, 1))
    assert (late.outcome, late.blocks) == (Outcome.FLAGS, False)
    assert "有效期" in late.reason
    kept = ask(book, facts, on=date(2026, 1, 1), applies_on=date(2025, 12, 31))
    assert kept.outcome is Outcome.REFUSES
    assert "已过有效期" in kept.reason
    assert "已过有效期" not in ask(book, facts, on=date(2025, 12, 31)).reason


@pytest.mark.parametrize(
    ("in_scope", "expected"),
    [(True, Outcome.REFUSES), (False, Outcome.NOT_APPLICABLE), (None, Outcome.REFUSES)],
)
def test_only_a_project_surely_outside_escapes(in_scope: bool | None, expected: Outcome) -> None:
    assert ask(rule(LIMIT), {"project.in_scope": in_scope, "x.amount": Decimal(301)}).outcome is expected


def test_what_is_said_of_projects_outside_is_said_beside_the_scope() -> None:
    book = rule('outside = true\nseverity = "flag"\n' + LIMIT)
    amounts = {"x.amount": Decimal(301)}
    assert ask(book, {"project.in_scope": False, **amounts}).outcome is Outcome.FLAGS
    assert ask(book, {"project.in_scope": True, **amounts}).outcome is Outcome.FLAGS
    assert obligations(rule(LIMIT), {"project.in_scope": False}, on=ON) == []


WAIVER = {"P-1": {"waiver": 7, "reason": "市府同意"}}


def test_an_exception_counts_only_where_the_rule_allows_one() -> None:
    facts = {"x.amount": Decimal(301)}
    fixed = ask(rule(LIMIT), facts, waivers=WAIVER)
    assert (fixed.outcome, fixed.blocks) == (Outcome.REFUSES, True)
    book = rule(LIMIT + 'waivable_by = ["centre"]\n')
    waived = ask(book, facts, waivers=WAIVER)
    assert (waived.outcome, waived.blocks, waived.waiver) == (Outcome.WAIVED, False, WAIVER["P-1"])
    assert ask(book, facts, waivers={"P-2": {}}).outcome is Outcome.REFUSES
    assert ask(book, {"x.amount": Decimal(300)}, waivers=WAIVER).outcome is Outcome.ALLOWS


def test_of_several_checks_the_heaviest_speaks() -> None:
    book = rule(
        'require = [{ fact = "x.a", test = "yes" }]\nseverity = "flag"\nmessage = "提示"\n'
        '[[rule.also]]\nmoves = ["file"]\nrequire = [{ fact = "x.b", test = "yes" }]\nmessage = "拦截"\n'
    )
    assert ask(book, {"x.a": False, "x.b": False}).reason == "拦截"
    assert ask(book, {"x.a": False, "x.b": True}).outcome is Outcome.FLAGS
    assert ask(book, {"x.a": True, "x.b": True}).outcome is Outcome.ALLOWS


def test_a_check_without_a_requirement_answers_whenever_its_premise_holds() -> None:
    book = rule('when = [{ fact = "x.a", test = "yes" }]\nmessage = "不得"')
    assert ask(book, {"x.a": True}).outcome is Outcome.REFUSES
    assert ask(book, {"x.a": False}).outcome is Outcome.NOT_APPLICABLE


def test_a_rule_speaks_only_of_what_it_governs() -> None:
    body = '[[rule]]\nid = "P-1"\nclause = "一"\nsays = "须"\n'
    moves, records = pack(body + 'moves = ["file"]\n'), pack(body + 'records = ["file"]\n')
    standing = pack(body + "standing = true\n")
    facts = {"project.in_scope": True}
    asked = {
        action: [bool(assess(action, book, facts, on=ON)) for book in (moves, records, standing)]
        for action in ("file", "record:file", "standing", "endorse")
    }
    assert asked == {
        "file": [True, False, False],
        "record:file": [False, True, False],
        "standing": [False, False, True],
        "endorse": [False, False, False],
    }


def test_a_required_document_is_a_rule_in_short_form() -> None:
    book = pack(
        '[[rule]]\nid = "P-1"\nclause = "一"\nsays = "应提交材料"\n'
        '[[material]]\ncode = "plan"\nname = "建设方案"\nrule = "P-1"\nrequired = "always"\nmoves = ["file"]\n'
    )
    refused = ask(book, {"material.plan": "草稿"})
    assert (refused.outcome, refused.remedy) == (Outcome.REFUSES, "material:plan")
    assert refused.reason == "应提交“建设方案”(定稿)。"
    assert ask(book, {"material.plan": "定稿"}).outcome is Outcome.ALLOWS
    assert ask(book, {"material.plan": "无此件"}).outcome is Outcome.REFUSES


def test_the_head_of_the_small_pack_is_what_these_tests_assume() -> None:
    book = pack(head=HEAD)
    assert (book.effective_from, book.effective_to, book.rules) == (date(2020, 6, 1), date(2025, 12, 31), ())


@pytest.mark.parametrize(("validity", "called"), [("lapsed", "已失效"), ("draft", "征求意见稿")])
def test_an_instrument_that_binds_nobody_only_points_out(validity: str, called: str) -> None:
    head = HEAD.replace('title = "', f'validity = "{validity}"\ntitle = "', 1)
    book = pack(f'{RULE}moves = ["file"]\nrequire = [{{ fact = "x", test = "yes" }}]\nmessage = "应有。"\n', head)
    asked = [ask(book, {"x": answer}) for answer in (False, None, True)]
    assert [each.outcome for each in asked] == ["flags", "undetermined", "allows"]
    assert (any(each.blocks for each in asked), asked[0].reason) == (False, f"({called},仅供对照)应有。")
    assert (book.binding, pack(RULE).binding) == (False, True)
