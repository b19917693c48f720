"""Here: the what-if, everything a regime will ask of such a project along its route. Not here: any project on file."""

from dataclasses import dataclass
from datetime import date

from policies.engine import Facts, applies, compared
from policies.pack import Check, Condition, Pack, Rule
from policies.verdicts import Comparison, plain


@dataclass(frozen=True)
class Obligation:
    """One thing asked of such a project. `applies` is None where it hangs on facts not given (`depends_on`)."""

    rule: str
    clause: str
    stage: str
    what: str
    says: str
    basis: str
    severity: str
    applies: bool | None
    because: tuple[Comparison, ...]
    depends_on: tuple[str, ...]
    material: str = ""
    waivable_by: tuple[str, ...] = ()
    due: str = ""

    def as_json(self) -> dict:
        """Plain data for REST and pages."""
        data = {key: plain(getattr(self, key)) for key in self.__dataclass_fields__ if key != "because"}
        return data | {"because": [comparison.in_words() for comparison in self.because]}


THROUGHOUT = "全程"
UNITS = {"working_days": "个工作日", "days": "日", "months": "个月", "years": "年"}


def obligations(pack: Pack, facts: Facts, *, on: date) -> list[Obligation]:
    """What this pack asks of a project with these facts, in the order of its stages. Needs no database.

    Facts usually given: project.kind, project.investment, project.origin. Rules that do not apply are left out; those
    that hang on an unknown fact stay in, with `applies` None. A pack not yet in force asks nothing.
    """
    if on < pack.effective_from:
        return []
    found = [*_of_rules(pack, facts), *_of_materials(pack, facts), *_of_deadlines(pack, facts)]
    return sorted(found, key=lambda each: _place(each.stage, [stage["name"] for stage in pack.stages]))


def _place(stage: str, order: list[str]) -> int:
    """What concerns all stages first, then the stages in order, then what may come up beside them."""
    if stage in order:
        return order.index(stage)
    return -1 if stage in ("", THROUGHOUT) else len(order)


def _of_rules(pack: Pack, facts: Facts):
    for rule in pack.rules:
        held = [_held(check, pack, facts) for check in _deciding(rule)]
        if not held:
            continue
        best = max(held, key=lambda pair: (pair[0] is True, pair[0] is None))
        if best[0] is not False:
            severity = min((check.severity for check in rule.checks), key=["refuse", "flag"].index)
            yield _obligation(rule, "rule", best, facts, severity=severity, waivable_by=rule.waivable_by)


def _deciding(rule: Rule) -> list[Check]:
    """The checks that say when a rule asks for something: those that stop a move, else a record, else those that flag."""
    refusing = [check for check in rule.checks if check.severity == "refuse"]
    groups = (
        [check for check in refusing if check.moves],
        [check for check in refusing if check.records],
        [check for check in rule.checks if check.moves or check.records],
    )
    return next((group for group in groups if group), [])


def _held(check: Check, pack: Pack, facts: Facts) -> tuple[bool | None, tuple[Condition, ...]]:
    """Whether a check concerns such a project, and on which conditions.

    What a record must be like concerns a project only where some rule asks for that record, or nobody does in particular.
    """
    held = applies(check.when, facts)
    if not check.records or held is False:
        return held, check.when
    asking = _asking(check.records, pack)
    if not asking:
        return held, check.when
    wanted = max(
        ((applies(each.when, facts), each.when) for each in asking), key=lambda pair: (pair[0] is True, pair[0] is None)
    )
    return (wanted[0] if held else held) if wanted[0] is not False else False, check.when + wanted[1]


def _asking(records: tuple[str, ...], pack: Pack) -> list[Check]:
    """The checks that let a move pass only with one of these records on file."""
    return [
        check
        for rule in pack.rules
        for check in rule.checks
        if check.moves
        and check.remedy in records
        and any(condition.fact.startswith(f"{check.remedy}.") for condition in check.require)
    ]


def _of_materials(pack: Pack, facts: Facts):
    for spec in pack.materials:
        held = applies(spec.when, facts)
        if held is not False and spec.required != "optional":
            rule = pack.rule(spec.rule)
            yield _obligation(rule, "material", (held, spec.when), facts, material=spec.name, stage=spec.stage)


def _of_deadlines(pack: Pack, facts: Facts):
    for spec in pack.deadlines:
        held = applies(spec.when, facts)
        if held is not False:
            due = f"{spec.within}{UNITS[spec.unit]}" if spec.within else "无法定期限"
            yield _obligation(pack.rule(spec.rule), "deadline", (held, spec.when), facts, due=due)


def _obligation(rule, what: str, held: tuple[bool | None, tuple[Condition, ...]], facts: Facts, *, stage="", **extra):
    seen = compared(held[1], facts)
    return Obligation(
        rule=rule.id,
        clause=rule.clause,
        stage=stage or rule.stage,
        what=what,
        says=rule.says,
        basis=rule.basis,
        severity=extra.pop("severity", "refuse"),
        applies=held[0],
        because=tuple(each for each in seen if each.holds),
        depends_on=tuple(dict.fromkeys(each.label for each in seen if each.holds is None)),
        **extra,
    )
