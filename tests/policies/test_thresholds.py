"""Here: that figures of the regulations stand in packs only, and that every refusal shows its figures. Not here: scenarios."""

import re
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from policies.engine import assess
from policies.lines import lines
from policies.loader import available, load
from policies.pack import Check, Condition, Rule
from policies.verdicts import words

ROOT = Path(__file__).parents[2]
LEFT_OUT = {"tests", "docs", "var", "node_modules", "migrations", "packs", "scenarios", "bench", "scripts"}
SUFFIXES = {".py", ".html", ".js", ".txt", ".csv"}
LARGE = Decimal(100_000)
CODES = available()
SIDES = {"at_least": -1, "above": 0, "at_most": 1, "below": 0}


def sources() -> list[Path]:
    """Every file that people write for the machine, packs and scenarios left out."""
    return [
        path
        for path in ROOT.rglob("*")
        if path.suffix in SUFFIXES
        and not LEFT_OUT & set(path.relative_to(ROOT).parts)
        and not any(part.startswith(".") for part in path.relative_to(ROOT).parts)
    ]


def spellings(amount: Decimal) -> str:
    """A pattern for every way in which people and programmers write an amount of money."""
    whole = int(amount)
    forms = [str(whole), f"{whole:_}", f"{whole:,}"]
    if whole % 10_000 == 0:
        forms += [rf"{whole // 10_000}\s?万"]
    return rf"(?<![\d,_])(?:{'|'.join(forms)})(?![\d_]|,\d)"


def test_no_threshold_stands_outside_the_packs() -> None:
    drawn = {each.bound for code in CODES for each in lines(load(code)) if each.bound >= LARGE}
    assert drawn, "no pack compares an amount"
    pattern = re.compile("|".join(spellings(line) for line in sorted(drawn)))
    found = {
        f"{path.relative_to(ROOT)}: {match.group()}"
        for path in sources()
        for match in [pattern.search(path.read_text(encoding="utf-8"))]
        if match
    }
    assert found == set()


@pytest.mark.parametrize("text", ["1000000", "1_000_000", "1,000,000.00", "100万", "100 万"])
def test_the_pattern_finds_every_spelling(text: str) -> None:
    assert re.search(spellings(Decimal("1000000.00")), f"x = {text} y")
    assert not re.search(spellings(Decimal("1000000.00")), f"x = 9{text}")


def comparing_checks() -> list[tuple[str, Rule, Check, Condition]]:
    """Every check of every pack that requires a figure to lie on one side of another, fixed or set by an office."""
    return [
        (code, rule, check, condition)
        for code in CODES
        for rule in load(code).rules
        for check in rule.checks
        for condition in check.require
        if condition.test in SIDES and (isinstance(condition.value, Decimal | int) or condition.other)
    ]


@pytest.mark.parametrize(
    ("code", "rule", "check", "condition"),
    comparing_checks(),
    ids=[f"{rule.id}-{condition.fact}" for _, rule, _, condition in comparing_checks()],
)
def test_a_refusal_shows_both_figures(code: str, rule: Rule, check: Check, condition: Condition) -> None:
    bound = condition.value if condition.value is not None else Decimal("345678.00")
    actual = bound + SIDES[condition.test] * (1 if isinstance(bound, int) else Decimal("0.01"))
    facts = satisfying(check) | {"project.in_scope": True, condition.fact: actual}
    if condition.other:
        facts[condition.other] = bound
    action = check.moves[0] if check.moves else f"record:{check.records[0]}" if check.records else "standing"
    book = replace(load(code), rules=(replace(rule, checks=(replace(check, require=(condition,)),)),))
    (verdict,) = assess(action, book, facts, on=book.effective_from)
    assert verdict.outcome in ("refuses", "flags")
    assert [figure for figure in verdict.figures if words(actual) in figure and words(bound) in figure] != []


def satisfying(check: Check) -> dict:
    """Facts under which the premises of a check hold."""
    facts: dict = {}
    for condition in check.when:
        leaf = condition.any[0] if condition.any else condition
        value = leaf.value[0] if isinstance(leaf.value, tuple) else leaf.value
        facts[leaf.fact] = {"yes": True, "present": "x", "no": False, "absent": None}.get(leaf.test, value)
    return facts
