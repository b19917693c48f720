"""Here: what a changed instrument would ask of a project that the present one does not, and the other way round.

Not here: which projects there are, what a pack says. A duty is compared by what its clause asks, not by its place.
"""

from dataclasses import dataclass, replace
from decimal import Decimal

from policies.engine import Facts, applies
from policies.obligations import UNITS
from policies.pack import Check, Condition, Pack, Rule, leaves


@dataclass(frozen=True)
class Duty:
    """One thing that a clause asks of a project with certain facts."""

    rule: str
    clause: str
    stage: str
    says: str
    severity: str
    what: str


@dataclass(frozen=True)
class Change:
    """What would come and what would go."""

    added: tuple[Duty, ...]
    dropped: tuple[Duty, ...]

    def __bool__(self) -> bool:
        return bool(self.added or self.dropped)


def compare(before: Pack, after: Pack, facts: Facts, changed: Facts | None = None) -> Change:
    """The duties that two packs, or one pack on two sets of facts, do not both ask."""
    was, now = duties(before, facts), duties(after, facts if changed is None else changed)
    return Change(
        tuple(duty for key, duty in now.items() if key not in was),
        tuple(duty for key, duty in was.items() if key not in now),
    )


def duties(pack: Pack, facts: Facts) -> dict[tuple, Duty]:
    """Whatever certainly applies: a check or a deadline whose conditions all hold on the facts given."""
    found = {}
    for rule in pack.rules:
        for check in rule.checks:
            if applies(check.when, facts) is True:
                duty = Duty(rule.id, rule.clause, rule.stage, _asks(rule, check), check.severity, rule.says)
                found[rule.id, duty.says] = duty
    for spec in pack.deadlines:
        if applies(spec.when, facts) is True:
            rule, within = pack.rule(spec.rule), spec.limit(UNITS) or "无法定期限"
            says = f"{spec.label}：{within}"
            found[rule.id, says] = Duty(rule.id, rule.clause, rule.stage, says, "refuse", rule.says)
    return found


def _asks(rule: Rule, check: Check) -> str:
    """The message of a check, unless it waits for figures; then the rule's own words."""
    return check.message if check.message and "{" not in check.message else rule.says


def parameters_that_decide(pack: Pack) -> list[str]:
    """The parameters in conditions that decide whether a rule applies."""
    whens = (check.when for rule in pack.rules for check in rule.checks)
    asked = {name for when in whens for each in leaves(when) for name in each.operands}
    return [spec.name for spec in pack.parameters if f"parameter.{spec.name}" in asked]


def moved_line(pack: Pack, line: Decimal, to: Decimal) -> Pack:
    """The pack with one amount, wherever it decides whether a rule applies, put elsewhere."""
    rules = tuple(
        replace(rule, checks=tuple(replace(check, when=_moved(check.when, line, to)) for check in rule.checks))
        for rule in pack.rules
    )
    return replace(pack, rules=rules)


def _moved(conditions: tuple[Condition, ...], line: Decimal, to: Decimal) -> tuple[Condition, ...]:
    return tuple(
        replace(
            each,
            value=to if isinstance(each.value, Decimal) and each.value == line else each.value,
            any=_moved(each.any, line, to),
        )
        for each in conditions
    )
