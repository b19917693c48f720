"""Here: the book checked against the vocabulary and the map at start-up. Not here: checks of one project."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from itertools import pairwise

from django.core.checks import Error, register

from policies.loader import PackError, available, load, located
from policies.pack import Condition, Pack, Route, leaves
from policies.vocabulary import FACTS, nearest, nearest_fact
from projects.states import CHAIN, State

ORDERED, DATED = ("at_least", "above", "at_most", "below", "ratio_at_most"), ("on_or_before", "on_or_after", "before")
LISTED = ("contains", "contains_all", "mentions")
NEVER = {
    "money": (*DATED, *LISTED, "yes", "no"),
    "number": (*DATED, *LISTED, "yes", "no"),
    "date": (*ORDERED, *LISTED, "yes", "no"),
    "flag": (*ORDERED, *DATED, *LISTED),
    "text": (*ORDERED, *DATED, "yes", "no", "contains", "contains_all"),
    "list": (*ORDERED, *DATED, "yes", "no", "one_of", "none_of"),
}
REQUIRED = ("always", "one_of", "if_exists", "optional")
WRITTEN = {"money": (Decimal, "金额写两位小数,如 123456.00"), "date": (date, "日期不加引号,如 2026-03-02")}


@register()
def packs_are_sound(app_configs=None, **kwargs):
    """Every pack loads, every name in it exists, and its routes can be walked."""
    found = []
    for code in available():
        try:
            pack = load(code)
            found += [Error(message, id="policies.E001") for message in located(pack, problems(pack))]
        except PackError as error:
            found.append(Error(str(error), id="policies.E002"))
    return found


def problems(pack: Pack) -> list[str]:
    """One message for everything in the pack that nobody in the house knows or that cannot work."""
    return [*unknown_names(pack), *_conditions(pack), *_routes(pack), *_stages(pack)]


def unknown_names(pack: Pack) -> Iterator[str]:
    """Moves, evidence, papers, remedies and states that do not exist, with the nearest known one."""
    from papers.registry import PAPERS
    from projects.evidence import EVIDENCE
    from projects.transitions import moves

    known, slots = set(moves()), {f"material:{spec.code}" for spec in pack.materials}
    remedies = {*EVIDENCE, *slots, "waiver", "unit_profile", ""}
    wanted = [(f"moves.{move}", move, known, "办理动作") for move in pack.moves]
    for name, spec in pack.records.items():
        where = f"records.{name}"
        wanted += [(where, name, EVIDENCE, "登记事项"), (where, spec.closed_after, known | {""}, "办理动作")]
        wanted += [(where, state, State.values, "状态") for state in spec.open_in]
    wanted += [(f"papers.{name}", name, PAPERS, "文书") for name in pack.papers]
    for spec in pack.materials:
        where = f"material {spec.code}"
        wanted += [(where, move, known, "办理动作") for move in spec.moves] + [
            (where, spec.required, REQUIRED, "要求(required)")
        ]
    for where, check in ((f"rule {rule.id}", check) for rule in pack.rules for check in rule.checks):
        wanted += [(where, move, known, "办理动作") for move in check.moves]
        wanted += [(where, name, EVIDENCE, "登记事项") for name in check.records]
        wanted.append((where, check.remedy, remedies, "补正办法(remedy)"))
        if check.remedy in EVIDENCE and check.remedy not in pack.records:
            yield f"{where}:“{check.remedy}”在本规则包里登记不了,要有 [records.{check.remedy}]"
    for where, name, among, what in wanted:
        if name not in among:
            yield f"{where}:没有{what}“{name}”{nearest(name, among)}"
    for name, spec in pack.records.items():
        if spec.paper in PAPERS and PAPERS[spec.paper].source != name:
            yield f"records.{name}:“{spec.paper}”依据的是{PAPERS[spec.paper].source},不能随本项登记出具"


def _conditions(pack: Pack) -> Iterator[str]:
    """Facts that nobody answers, and comparisons that their kind does not allow."""
    facts = set(FACTS) | {f"material.{spec.code}" for spec in pack.materials}
    facts |= {f"parameter.{spec.name}" for spec in pack.parameters}
    found = [("pack", (*pack.scope, *pack.claims))]
    found += [(f"rule {rule.id}", (*each.when, *each.require)) for rule in pack.rules for each in rule.checks]
    found += [(f"material {spec.code}", spec.when) for spec in pack.materials]
    found += [(f"deadline {spec.code}", (*spec.when, *spec.met_when)) for spec in pack.deadlines]
    for where, conditions in found:
        for condition in leaves(conditions):
            for name in condition.operands:
                if name not in facts:
                    yield f"{where}:没有事实“{name}”{nearest_fact(name, facts)}"
            if trouble := _ill_typed(condition) or _impossible(condition, pack):
                yield f"{where}:{trouble}"


def _ill_typed(condition: Condition) -> str:
    """Why a comparison cannot hold of this kind of fact; empty when it can."""
    kind = FACTS[condition.fact].kind if condition.fact in FACTS else ""
    if condition.test in NEVER.get(kind, ()):
        return f"“{condition.fact}”({FACTS[condition.fact].label})不能用 {condition.test} 比较"
    wanted, told = WRITTEN.get(kind, (object, ""))
    values = condition.value if isinstance(condition.value, tuple | list) else (condition.value,)
    if any(not isinstance(value, wanted) for value in values if value is not None):
        return f"“{condition.fact}”({FACTS[condition.fact].label})的 value:{told}"
    if kind == "list" and condition.test in ("equals", "differs") and isinstance(condition.value, str):
        return f"“{condition.fact}”({FACTS[condition.fact].label})是列表,用 contains"
    if condition.test in ("one_of", "none_of", "contains_all", "mentions") and isinstance(condition.value, str):
        return f"“{condition.fact}”用 {condition.test} 时,value 要写成列表"
    return ""


def _impossible(condition: Condition, pack: Pack) -> str:
    """Which value of a comparison the fact never has; empty when it can have them all."""
    from projects.evidence import choices

    family, _, name = condition.fact.partition(".")
    own = {"kind": pack.kinds, "origin": pack.origins, "categories": pack.categories}
    possible = own.get(name, ()) if family in ("project", "filing") else choices(condition.fact)
    values = condition.value if isinstance(condition.value, tuple | list) else (condition.value,)
    never = [value for value in values if possible and isinstance(value, str) and value not in possible]
    if not never or condition.test == "mentions":
        return ""
    return f"“{condition.fact}”({FACTS[condition.fact].label})不会是“{never[0]}”,有 {'、'.join(possible)}"


def _routes(pack: Pack) -> Iterator[str]:
    """States that do not exist or that no move of the pack leads to, kinds and origins without a route."""
    for route in pack.routes:
        where = f"route {route.name}".rstrip()
        strange = [state for state in route.states if state not in CHAIN]
        yield from (f"{where}:没有状态“{state}”{nearest(state, CHAIN)}" for state in strange)
        for names, known, what in ((route.kinds, pack.kinds, "kinds"), (route.origins, pack.origins, "origins")):
            yield from (f"{where}:[pack] 的 {what} 里没有“{name}”" for name in names if name not in known)
        if not strange:
            yield from (f"{where}:{trouble}" for trouble in _steps(route, pack))
    for kind in pack.kinds if pack.routes else ():
        for origin in pack.origins:
            try:
                pack.route_for(kind, origin)
            except LookupError:
                yield f"route:建设性质“{kind}”、申报来源“{origin}”没有路线"


def _steps(route: Route, pack: Pack) -> Iterator[str]:
    from projects.transitions import forward_moves

    if route.states[:1] != (State.DRAFT,):
        yield "路线要从“draft”开始"
    for source, target in pairwise(route.states):
        leading = forward_moves(source, target)
        if not leading:
            yield f"从 {source} 不能直接到“{target}”,见 docs/lifecycle.md 的流程图"
        elif not leading & set(pack.moves):
            yield f"“{target}”到不了:从 {source} 去要有 {' 或 '.join(f'[moves.{name}]' for name in sorted(leading))}"


def _stages(pack: Pack) -> Iterator[str]:
    """States of stages that do not exist, and states of routes that no stage holds."""
    for stage in pack.stages:
        for state in stage["states"]:
            if state not in State.values:
                yield f"stage {stage['name']}:没有状态“{state}”{nearest(state, State.values)}"
    held = {state for stage in pack.stages for state in stage["states"]}
    for state in dict.fromkeys(state for route in pack.routes for state in route.states):
        if pack.stages and state in CHAIN and state not in held:
            yield f"route:状态“{state}”不在任何 [[stage]] 里"
