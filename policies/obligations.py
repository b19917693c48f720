"""Here: the what-if, everything a regime will ask of such a project along its route. Not here: any project on file."""

from dataclasses import dataclass
from datetime import date

from policies.engine import Facts, applies, compared
from policies.pack import Condition, Pack
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
LIKELY = (False, None, True)
UNITS = {"working_days": "个工作日", "days": "日", "months": "个月", "years": "年"}


def obligations(pack: Pack, facts: Facts, *, on: date) -> list[Obligation]:
    """What this pack asks of a project with these facts, in the order of its stages. Needs no database.

    Facts usually given: project.kind, project.investment, project.origin. Rules that do not apply are left out; those
    that hang on an unknown fact stay in, with `applies` None. A pack not yet in force asks nothing, nor
    does one whose scope leaves such a project out.
    """
    if on < pack.effective_from or applies(pack.scope, facts) is False:
        return []
    found = [*_of_rules(pack, facts), *_of_materials(pack, facts), *_of_deadlines(pack, facts)]
    return sorted(found, key=lambda each: _place(each.stage, [stage["name"] for stage in pack.stages]))


def _place(stage: str, order: list[str]) -> int:
    """What concerns all stages first, then the stages in order, then what may come up beside them."""
    if stage in order:
        return order.index(stage)
    return -1 if stage in ("", THROUGHOUT) else len(order)


def _of_rules(pack: Pack, facts: Facts):
    """Each rule by the check that states it, which is its first at a move or a record; further ones only refine it."""
    for rule in pack.rules:
        check = next((check for check in rule.checks if check.moves or check.records), None)
        if check is None:
            continue
        conditions = check.when + _reason_for(check.records if not check.moves else (), pack, facts)
        held = _holds(conditions, facts)
        if held is not False:
            given = {"severity": check.severity, "waivable_by": rule.waivable_by}
            yield _obligation(rule, "rule", (held, conditions), facts, **given)


def _reason_for(records: tuple[str, ...], pack: Pack, facts: Facts) -> tuple[Condition, ...]:
    """When a move asks for one of these records at all, the likeliest first; nothing where no move asks in particular."""
    asking = [
        check.when
        for rule in pack.rules
        for check in rule.checks
        if check.moves
        and check.remedy in records
        and any(condition.fact.startswith(f"{check.remedy}.") for condition in check.require)
    ]
    return max(asking, key=lambda when: LIKELY.index(_holds(when, facts)), default=())


def _holds(conditions: tuple[Condition, ...], facts: Facts) -> bool | None:
    """Whether the conditions hold, presumed ones taken as holding while their fact is unknown."""
    return applies([each for each in conditions if not (each.presumed and facts.get(each.fact) is None)], facts)


def _of_materials(pack: Pack, facts: Facts):
    for spec in pack.materials:
        held = _holds(spec.when, facts)
        if held is not False and spec.required != "optional":
            rule = pack.rule(spec.rule)
            yield _obligation(rule, "material", (held, spec.when), facts, material=spec.name, stage=spec.stage)


def _of_deadlines(pack: Pack, facts: Facts):
    """Each clock once, by the first of its entries that applies."""
    told: set[str] = set()
    for spec in pack.deadlines:
        held = _holds(spec.when, facts)
        if held is not False and spec.code not in told:
            told.add(spec.code)
            due = spec.limit(UNITS) or ("无法定期限" if spec.within is None else "按所定日期")
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
        depends_on=tuple(dict.fromkeys(each.label for each in seen if each.holds is None)) if held[0] is None else (),
        **extra,
    )
