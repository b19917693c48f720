"""Here: the conditions of a pack as decision tables (JDM) that another engine can evaluate. Not here: judging (engine.py).

One row for each check: when it applies (`applies`) and when it is met (`holds`), as far as the facts are known. Money is in
元, dates are whole numbers such as 20260302, names of facts have `__` for their dots.
"""

import json
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from policies.pack import Condition, Pack
from policies.vocabulary import FACTS

COMPARING = {
    "at_least": ">=", "above": ">", "at_most": "<=", "below": "<", "equals": "==", "differs": "!=",
    "on_or_before": "<=", "on_or_after": ">=", "before": "<", "one_of": "in", "none_of": "not in",
}  # fmt: skip
PARTS = {"applies": "when", "holds": "require"}
OTHERS = "其他条件"


def graph(pack: Pack) -> dict[str, Any]:
    """The decision graph of a pack: facts in, for both parts the checks (`<rule>#<number>`) whose conditions hold."""
    tables = [_node(part, "decisionTableNode", _table(pack, part)) for part in PARTS]
    nodes = [_node("facts", "inputNode"), *tables, _node("checks", "outputNode")]
    edges = [edge for part in PARTS for edge in (("facts", part), (part, "checks"))]
    return {
        "contentType": "application/vnd.gorules.decision",
        "nodes": nodes,
        "edges": [{"id": f"{a}-{b}", "type": "edge", "sourceId": a, "targetId": b} for a, b in edges],
    }


def checks(pack: Pack, part: str) -> Iterator[tuple[str, tuple[Condition, ...]]]:
    """Every check by its name, with the conditions of one part; without conditions there is nothing to decide."""
    for rule in pack.rules:
        for number, check in enumerate(rule.checks, start=1):
            conditions = getattr(check, PARTS[part])
            if conditions:
                yield f"{rule.id}#{number}", conditions


def identifier(fact: str) -> str:
    """The name of a fact in the tables."""
    return fact.replace(".", "__")


def value(given: Any) -> Any:
    """A value of a fact as the tables take it."""
    if isinstance(given, Decimal):
        return float(given)
    if isinstance(given, date):
        return int(f"{given:%Y%m%d}")
    return [value(each) for each in given] if isinstance(given, list | tuple) else given


def kind_of(fact: str, pack: Pack) -> str:
    """Whether a fact is money, a number, a text, a date, a flag or a list."""
    family, _, name = fact.partition(".")
    if family == "material":
        return "text"
    return pack.parameter(name).kind if family == "parameter" else FACTS[fact].kind


def _node(name: str, kind: str, content: dict | None = None) -> dict[str, Any]:
    return {"id": name, "name": name, "type": kind, "content": content or {}, "position": {"x": 0, "y": 0}}


def _table(pack: Pack, part: str) -> dict[str, Any]:
    rows = list(checks(pack, part))
    columns = dict.fromkeys(identifier(each.fact) for _, conditions in rows for each in conditions if _alone(each))
    return {
        "hitPolicy": "collect",
        "outputPath": part,
        "inputs": [*({"id": name, "name": name, "field": name} for name in columns), {"id": OTHERS, "name": OTHERS}],
        "outputs": [{"id": "check", "name": "check", "field": "check"}],
        "rules": [{"_id": name, **_cells(conditions, pack), "check": json.dumps(name)} for name, conditions in rows],
    }


def _cells(conditions: tuple[Condition, ...], pack: Pack) -> dict[str, str]:
    """The cells of one row: what looks at a single fact stands in its column, all else together in the last one."""
    found: dict[str, list[str]] = {}
    for each in conditions:
        column = identifier(each.fact) if _alone(each) else OTHERS
        found.setdefault(column, []).append(_expression(each, pack, "$" if _alone(each) else ""))
    return {column: " and ".join(texts) for column, texts in found.items()}


def _alone(condition: Condition) -> bool:
    """Whether it looks at one fact and reads without brackets, which a cell of a column would take for an interval."""
    return len(condition.operands) == 1 and condition.test not in ("absent", "mentions")


def _expression(condition: Condition, pack: Pack, name: str = "") -> str:
    """One condition as an expression; `name` is what the fact is called there. What is unknown never holds."""
    if condition.any:
        return "(" + " or ".join(f"({_expression(each, pack)})" for each in condition.any) + ")"
    fact, test = name or identifier(condition.fact), condition.test
    if test in ("present", "absent"):
        return _presence(fact, kind_of(condition.fact, pack), test == "present")
    if test in ("yes", "no"):
        return f"{fact} == {'true' if test == 'yes' else 'false'}"
    known = (f"{name or identifier(each)} != null" for each in condition.operands)
    return " and ".join([*known, _comparison(condition, pack, fact)])


def _comparison(condition: Condition, pack: Pack, fact: str) -> str:
    """A test of known facts."""
    test = condition.test
    bound = _bound(condition)
    if test == "ratio_at_most":
        return f"{fact} <= {bound} * {identifier(condition.of)}"
    if test == "contains":
        return f"{bound} in {fact}"
    if test == "contains_all":
        return " and ".join(f"{_literal(each)} in {fact}" for each in condition.value)
    if test == "mentions":
        return _mention(condition, fact, kind_of(condition.fact, pack))
    return f"{fact} {COMPARING[test]} {bound}"


def _presence(fact: str, kind: str, wanted: bool) -> str:
    if kind == "flag":
        return f"{fact} == true" if wanted else f"{fact} != true"
    more = {"text": (f'{fact} != ""', f'{fact} == ""'), "list": (f"len({fact}) > 0", f"len({fact}) == 0")}.get(kind)
    if wanted:
        return f"{fact} != null and {more[0]}" if more else f"{fact} != null"
    return f"({fact} == null or {more[1]})" if more else f"{fact} == null"


def _mention(condition: Condition, fact: str, kind: str) -> str:
    words = [_literal(word) for word in condition.value]
    if kind == "text":
        return "(" + " or ".join(f"contains({fact}, {word})" for word in words) + ")"
    return "(" + " or ".join(f"some({fact}, contains(#, {word}))" for word in words) + ")"


def _bound(condition: Condition) -> str:
    if condition.other or condition.parameter:
        return identifier(condition.other or f"parameter.{condition.parameter}")
    return _literal(condition.value)


def _literal(given: Any) -> str:
    if isinstance(given, Decimal):
        return format(given, "f")
    if isinstance(given, list | tuple):
        return "[" + ", ".join(_literal(each) for each in given) + "]"
    return json.dumps(value(given), ensure_ascii=False)
