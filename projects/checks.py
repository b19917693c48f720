"""Here: the book checked against the vocabulary at start-up. Not here: checks of one project."""

from django.core.checks import Error, register

from policies.loader import PackError, available, load
from policies.pack import Pack, leaves
from policies.vocabulary import FACTS, nearest


@register()
def packs_are_sound(app_configs=None, **kwargs):
    """Every pack loads, and every fact, move, evidence and material that it names exists."""
    found = []
    for code in available():
        try:
            found += [Error(message, id="policies.E001") for message in unknown_names(load(code))]
        except PackError as error:
            found.append(Error(str(error), id="policies.E002"))
    return found


def unknown_names(pack: Pack) -> list[str]:
    """One message for every name in the pack that nobody in the house knows, with the nearest known one."""
    from papers.registry import PAPERS
    from projects.evidence import EVIDENCE
    from projects.transitions import moves

    known_moves, problems = set(moves()), []

    def want(name: str, known, where: str) -> None:
        if name not in known:
            problems.append(f"{pack.code} {where}: unknown {name!r}{nearest(name, known)}")

    facts = set(FACTS) | {f"material.{spec.code}" for spec in pack.materials}
    facts |= {f"parameter.{spec.name}" for spec in pack.parameters}
    for move in pack.moves:
        want(move, known_moves, "moves")
    for name, spec in pack.records.items():
        want(name, EVIDENCE, "records")
        want(spec.closed_after, known_moves | {""}, f"records.{name} closed_after")
    for name in pack.papers:
        want(name, PAPERS, "papers")
    remedies = set(EVIDENCE) | {f"material:{spec.code}" for spec in pack.materials} | {"waiver", "unit_profile", ""}
    for rule in pack.rules:
        for check in rule.checks:
            for move in check.moves:
                want(move, known_moves, f"rule {rule.id}")
            for name in check.records:
                want(name, EVIDENCE, f"rule {rule.id}")
            want(check.remedy, remedies, f"rule {rule.id} remedy")
            for condition in leaves((*check.when, *check.require)):
                for name in condition.operands:
                    want(name, facts, f"rule {rule.id}")
    for condition in leaves((*pack.scope, *pack.claims)):
        for name in condition.operands:
            want(name, facts, "scope, claims")
    return problems
