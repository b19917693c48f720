"""Here: which clauses ask for a field of a form, found in the pack. Not here: judging, what a clause says on a page."""

from collections.abc import Iterator

from policies.pack import Check, Pack, Rule, leaves

MOST = 3
_indexes: dict[str, dict[str, tuple[Rule, ...]]] = {}


def clauses_of(pack: Pack, evidence: str, field: str) -> tuple[Rule, ...]:
    """The rules that require something of this field, one for each clause, at most three.

    The filing is the project itself, so its fields are also known as `project.<field>`.
    """
    index = _indexes.get(pack.digest)
    if index is None:
        index = _indexes[pack.digest] = _index(pack)
    names = [f"{evidence}.{field}", *([f"project.{field}"] if evidence == "filing" else [])]
    found = {rule.clause: rule for name in reversed(names) for rule in reversed(index.get(name, ()))}
    return tuple(reversed(found.values()))[:MOST]


def _index(pack: Pack) -> dict[str, tuple[Rule, ...]]:
    index: dict[str, dict[str, Rule]] = {}
    for rule in pack.rules:
        for check in rule.checks:
            for fact in _asked(check):
                index.setdefault(fact, {})[rule.id] = rule
    return {fact: tuple(rules.values()) for fact, rules in index.items()}


def _asked(check: Check) -> Iterator[str]:
    """The facts that a check demands something of: what it requires, or what it refuses outright."""
    for condition in leaves(check.require or check.when):
        yield from condition.operands
