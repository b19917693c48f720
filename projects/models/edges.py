"""Here: the edges of the map as plain pairs, for the database constraint and the tests. Not here: the map itself."""

from django.db.models import Q

from projects.models.lifecycle import Lifecycle
from projects.states import earlier


def edges() -> dict[str, set[tuple[str, str]]]:
    """Every (from, to) that a move may make, by move, read off the map."""
    found: dict[str, set[tuple[str, str]]] = {}
    for name, method in vars(Lifecycle).items():
        meta = getattr(method, "_django_fsm", None)
        for source, step in (meta.transitions if meta else {}).items():
            targets = getattr(step.target, "allowed_states", None) or [step.target]
            if name == "step_back":
                targets = earlier(source)
            found.setdefault(name, set()).update((str(source), str(target)) for target in targets)
    return found


def edge_condition() -> Q:
    """The constraint that every ledger row is an edge of the map."""
    condition = Q()
    for move, pairs in sorted(edges().items()):
        targets_by_source: dict[str, list[str]] = {}
        for source, target in sorted(pairs):
            targets_by_source.setdefault(source, []).append(target)
        sources_by_targets: dict[tuple[str, ...], list[str]] = {}
        for source, targets in targets_by_source.items():
            sources_by_targets.setdefault(tuple(targets), []).append(source)
        for targets, sources in sources_by_targets.items():
            condition |= Q(move=move, source__in=sources, target__in=list(targets))
    return condition
