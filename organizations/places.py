"""Here: which jurisdictions lie below and above one another. Not here: who may read what there (projects.scope)."""

from collections.abc import Callable, Iterable

from django.db.models import Q

from .models import Jurisdiction
from .models.jurisdictions import LEVELS

_open_work: list[Callable[[Jurisdiction], int]] = []
CHAIN = ["__".join(["parent"] * step) for step in range(1, LEVELS)]


def counts_open_work(function: Callable[[Jurisdiction], int]) -> Callable[[Jurisdiction], int]:
    """Let the room of projects say how many of a place are under way."""
    _open_work.append(function)
    return function


def open_work(place: Jurisdiction) -> int:
    """How much is under way in a place under the instrument that it has now."""
    return sum(count(place) for count in _open_work)


def below(places: Iterable[int]) -> frozenset[int]:
    """The jurisdictions below these, at any depth; one query."""
    wanted, found = list(places), Q(pk__in=[])
    for chain in CHAIN:
        found |= Q(**{f"{chain}__in": wanted})
    return frozenset(Jurisdiction.objects.filter(found).values_list("pk", flat=True))


def above(place_id: int) -> list[Jurisdiction]:
    """The jurisdictions above one, the nearest first; one query."""
    return Jurisdiction.objects.select_related(CHAIN[-1]).get(pk=place_id).ancestors
