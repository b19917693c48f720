"""Here: whether a pack carries its whole instrument, and what its scenarios exercise. Not here: judging, playing."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

from policies.pack import Pack, Rule
from policies.scenario_data import BookCheck, Scenario, Step

FOLDER = Path(__file__).parent / "registers"


@dataclass(frozen=True)
class Row:
    """One clause: how it is enforced, by what, and in how many scenarios it is named, bites and lets pass.

    A scenario bites where the rule refuses, flags, forbids or stands as a flag; it passes where the rule was asked and
    did neither. `gaps` says what is missing, empty for a clause that is taken care of.
    """

    id: str
    status: str
    means: str
    carriers: tuple[str, ...] = ()
    named: int = 0
    bites: int = 0
    passes: int = 0
    gaps: tuple[str, ...] = ()


def register(code: str) -> list[str]:
    """Every clause id of an instrument, in its order, then those of its guides (`<code>.<part>.txt`).

    Raises FileNotFoundError for an instrument without a register.
    """
    paths = [FOLDER / f"{code}.txt", *sorted(FOLDER.glob(f"{code}.*.txt"))]
    return [each for path in paths for each in path.read_text(encoding="utf-8").split()]


def coverage(pack: Pack, ids: Collection[str], scenarios: Collection[Scenario]) -> list[Row]:
    """A row for every clause of the register, then for every rule of the pack that the register does not know."""
    rows = [_row(pack, pack.by_id.get(each), each, scenarios) for each in ids]
    strays = [rule.id for rule in pack.rules if rule.id not in ids]
    return rows + [Row(each, "-", "-", gaps=("not in the register",)) for each in strays]


def carriers(pack: Pack, rule: Rule) -> tuple[str, ...]:
    """What of the pack carries the rule: its checks, what refers to it by id, or where it points to."""
    return tuple(dict.fromkeys([*_checks(rule), *_references(pack, rule.id), *filter(None, [rule.where])]))


def never_bite(pack: Pack, rows: Collection[Row]) -> list[str]:
    """Enforced rules with checks that no scenario sees refuse or flag."""
    return [row.id for row in rows if _has_checks(pack, row) and not row.bites]


def never_pass(pack: Pack, rows: Collection[Row]) -> list[str]:
    """Enforced rules with checks that no scenario sees let anything through."""
    return [row.id for row in rows if _has_checks(pack, row) and not row.passes]


def _row(pack: Pack, rule: Rule | None, rule_id: str, scenarios: Collection[Scenario]) -> Row:
    if rule is None:
        return Row(rule_id, "-", "-", gaps=("not in the pack",))
    found = carriers(pack, rule)
    named = sum(rule_id in scenario.clauses for scenario in scenarios)
    gaps = []
    if rule.status == "enforced":
        gaps = [text for text, lacks in (("nothing carries it", not found), ("no scenario", not named)) if lacks]
    bites = sum(any(rule_id in names for names in _biting(scenario)) for scenario in scenarios)
    passes = sum(_passes(scenario, rule) for scenario in scenarios)
    return Row(rule_id, rule.status, rule.means, found, named, bites, passes, tuple(gaps))


def _has_checks(pack: Pack, row: Row) -> bool:
    return row.status == "enforced" and bool(pack.by_id[row.id].checks)


def _checks(rule: Rule) -> Iterator[str]:
    for check in rule.checks:
        yield from (f"move {name}" for name in check.moves)
        yield from (f"record {name}" for name in check.records)
        if check.standing:
            yield "standing"


def _references(pack: Pack, rule_id: str) -> Iterator[str]:
    yield from (f"moves.{name}" for name, spec in pack.moves.items() if spec.rule == rule_id)
    yield from (f"records.{name}" for name, spec in pack.records.items() if spec.rule == rule_id)
    yield from (f"records.{name} closed" for name, spec in pack.records.items() if spec.closed_rule == rule_id)
    yield from (f"parameter {spec.name}" for spec in pack.parameters if spec.rule == rule_id)
    if pack.escalation and pack.escalation.rule == rule_id:
        yield "escalation"
    for word, specs in (
        ("material", pack.materials),
        ("deadline", pack.deadlines),
        ("notice", pack.notices),
        ("report", pack.reports),
    ):
        yield from (f"{word} {spec.code}" for spec in specs if spec.rule == rule_id)


def _asked(scenario: Scenario) -> list[Step | BookCheck]:
    return [*scenario.steps, *scenario.checks]


def _biting(scenario: Scenario) -> Iterator[Collection[str]]:
    for each in _asked(scenario):
        yield each.given.get("refused_by", ())
        yield each.given.get("flagged_by", ())
        if isinstance(each.given.get("forbidden"), str):
            yield [each.given["forbidden"]]
        if isinstance(each, Step) and each.verb == "expect":
            yield each.what.get("flags", ())


def _passes(scenario: Scenario, rule: Rule) -> bool:
    return any(
        action and any(check.governs(action) for check in rule.checks) and not _bitten(each, rule.id)
        for each in _asked(scenario)
        for action in [_action(each)]
    )


def _bitten(each: Step | BookCheck, rule_id: str) -> bool:
    given = each.given
    told_no = given.get("forbidden") or given.get("error") or given.get("closed")
    standing = each.what.get("flags", ()) if isinstance(each, Step) and each.verb == "expect" else ()
    return bool(told_no) or rule_id in (*given.get("refused_by", ()), *given.get("flagged_by", ()), *standing)


def _action(each: Step | BookCheck) -> str:
    if isinstance(each, BookCheck):
        return each.given.get("action", "")
    if each.verb == "expect":
        return "standing" if "flags" in each.what else ""
    names = {"do": each.what, "record": f"record:{each.what}", "pay": "record:payment"}
    return names.get(each.verb, "")
