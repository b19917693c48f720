"""Here: facts and rules in, verdicts out. Not here: where facts come from, what day it is, any database."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any, Protocol

from policies.pack import Check, Condition, Pack, Rule
from policies.predicates import PREDICATES
from policies.verdicts import Comparison, Outcome, Verdict, words
from policies.vocabulary import FACTS


class Facts(Protocol):
    """Anything that answers facts by name; None is unknown."""

    def get(self, name: str, default: Any = None) -> Any:
        """The value of the fact, or None."""


def assess(
    action: str,
    pack: Pack,
    facts: Facts,
    *,
    on: date,
    applies_on: date | None = None,
    waivers: Mapping[str, dict] | None = None,
    only: Collection[str] | None = None,
) -> tuple[Verdict, ...]:
    """Judge one action (a move name, `record:<evidence>` or `standing`) on one day.

    `applies_on` is the date that chose this pack for the project; past the pack's end its rules flag or sleep as the
    pack says. `waivers` maps rule ids to granted exceptions. One verdict per rule that governs the action, or
    of `only` these rules.
    """
    if on < pack.effective_from:
        return ()
    outside = applies(pack.scope, facts) is False
    expired = pack.lapsed(applies_on or on)
    lapsed = pack.lapsed(on)
    verdicts = []
    for rule, asked in pack.governing_checks(action):
        if only is not None and rule.id not in only:
            continue
        judged = [_judge(rule, check, pack, facts) for check in asked if check.outside or not outside]
        if not judged:
            beside = _judge(rule, asked[0], pack, facts)
            verdicts.append(replace(beside, outcome=Outcome.NOT_APPLICABLE, reason="本项目不在本文件管理范围内。"))
        else:
            verdict = _settle(_heaviest(judged), rule, {} if waivers is None else waivers, expired, lapsed)
            verdicts.append(verdict if pack.binding else _for_comparison(verdict, pack))
    return tuple(verdicts)


def applies(conditions: Iterable[Condition], facts: Facts) -> bool | None:
    """Whether all conditions hold; None when that hangs on a fact nobody has answered."""
    return _all(_compare(condition, facts) for condition in conditions)


def compared(conditions: Iterable[Condition], facts: Facts) -> tuple[Comparison, ...]:
    """The conditions with both operands filled in."""
    return _leaves(_compare(condition, facts) for condition in conditions)


def _judge(rule: Rule, check: Check, pack: Pack, facts: Facts) -> Verdict:
    premises = _premises(check, facts)
    verdict = Verdict(
        rule=rule.id,
        clause=rule.clause,
        doc_no=pack.document(rule),
        outcome=Outcome.ALLOWS,
        basis=rule.basis,
        severity=check.severity,
        says=rule.says,
        reason=rule.says,
        comparisons=_leaves(premises),
        unblock=check.by or rule.unblock,
        remedy=check.remedy,
        waivable_by=rule.waivable_by,
        stage=rule.stage,
    )
    holds = _all(premises)
    if holds is False:
        return replace(verdict, outcome=Outcome.NOT_APPLICABLE)
    if holds is None:
        return _undetermined(verdict, premises)
    wants = [_compare(condition, facts) for condition in check.require]
    verdict = replace(verdict, comparisons=verdict.comparisons + _leaves(wants))
    holds = _all(wants)
    if holds is None:
        return _undetermined(verdict, wants)
    if holds and check.require:
        return verdict
    outcome = Outcome.REFUSES if check.severity == "refuse" else Outcome.FLAGS
    return replace(verdict, outcome=outcome, reason=_reason(check, rule, wants or premises))


def _premises(check: Check, facts: Facts) -> list:
    """The comparisons of `when` up to the first that fails: nothing further is asked of a rule that does not apply."""
    found = []
    for condition in check.when:
        found.append(_compare(condition, facts))
        if _holds(found[-1]) is False:
            break
    return found


def _undetermined(verdict: Verdict, results: list) -> Verdict:
    unknown = [each for each in _leaves(results) if each.holds is None]
    names = "、".join(dict.fromkeys(each.label for each in unknown))
    return replace(verdict, outcome=Outcome.UNDETERMINED, reason=f"尚缺“{names}”,暂时无法判断:{verdict.says}")


def _reason(check: Check, rule: Rule, results: list) -> str:
    unmet = next((each for each in _leaves(results) if each.holds is False), None)
    text = check.message or rule.says
    if unmet is None:
        return text
    return text.replace("{actual}", words(unmet.actual)).replace("{bound}", words(unmet.bound))


def _settle(verdict: Verdict, rule: Rule, waivers: Mapping[str, dict], expired: bool, lapsed: bool) -> Verdict:
    if lapsed and not expired and verdict.blocks and not (rule.waivable_by and rule.id in waivers):
        return replace(verdict, reason=f"{verdict.reason}(文件已过有效期,本项目在此前申报,仍照办理。)")
    if expired and verdict.blocks:
        return replace(verdict, outcome=Outcome.FLAGS, reason=f"(文件已过有效期,仅作提示){verdict.reason}")
    if verdict.blocks and rule.waivable_by and rule.id in waivers:
        return replace(verdict, outcome=Outcome.WAIVED, waiver=dict(waivers[rule.id]))
    return verdict


def _for_comparison(verdict: Verdict, pack: Pack) -> Verdict:
    """What an instrument that binds nobody points out says so."""
    if verdict.outcome != Outcome.FLAGS:
        return verdict
    return replace(verdict, reason=f"({pack.validity_words},仅供对照){verdict.reason}")


def _heaviest(verdicts: list[Verdict]) -> Verdict:
    weight = [Outcome.NOT_APPLICABLE, Outcome.ALLOWS, Outcome.WAIVED, Outcome.FLAGS, Outcome.UNDETERMINED, Outcome.REFUSES]
    return max(verdicts, key=lambda verdict: (verdict.blocks, weight.index(verdict.outcome)))


class _Alternatives(tuple):
    """The comparisons of an `any`: one that holds is enough."""


def _compare(condition: Condition, facts: Facts):
    if condition.any:
        return _Alternatives(_compare(each, facts) for each in condition.any)
    predicate = PREDICATES[condition.test]
    actual = facts.get(condition.fact)
    bound = _bound(condition, facts)
    unknown = (actual is None and not predicate.accepts_unknown) or (bound is None and not predicate.unary)
    extra = {"of": facts.get(condition.of)} if condition.of else {}
    if unknown or None in extra.values():
        holds = None
    else:
        holds = predicate.holds(actual) if predicate.unary else predicate.holds(actual, bound=bound, **extra)
    fact = FACTS.get(condition.fact)
    label = condition.label or (fact.label if fact else condition.fact)
    return Comparison(condition.fact, label, condition.test, predicate.label, actual, bound, holds)


def _bound(condition: Condition, facts: Facts) -> Any:
    if condition.other:
        return facts.get(condition.other)
    if condition.parameter:
        return facts.get(f"parameter.{condition.parameter}")
    return list(condition.value) if isinstance(condition.value, tuple) else condition.value


def _holds(result) -> bool | None:
    if isinstance(result, _Alternatives):
        each = [_holds(one) for one in result]
        return True if True in each else (None if None in each else False)
    return result.holds


def _all(results: Iterable) -> bool | None:
    each = [_holds(result) for result in results]
    return False if False in each else (None if None in each else True)


def _leaves(results: Iterable) -> tuple[Comparison, ...]:
    flat: list[Comparison] = []
    for result in results:
        flat.extend(_leaves(result) if isinstance(result, _Alternatives) else [result])
    return tuple(flat)
