"""Here: which jurisdictions lie below and above one another. Not here: who may read what there (projects.scope)."""

from collections.abc import Iterable

from django.db.models import Q

from .models import Jurisdiction

LEVELS = 4  # 国家、省、市、县
CHAIN = ["__".join(["parent"] * step) for step in range(1, LEVELS)]


def below(places: Iterable[int]) -> frozenset[int]:
    """The jurisdictions below these, at any depth; one query."""
    wanted, found = list(places), Q(pk__in=[])
    for chain in CHAIN:
        found |= Q(**{f"{chain}__in": wanted})
    return frozenset(Jurisdiction.objects.filter(found).values_list("pk", flat=True))


def above(place_id: int) -> list[Jurisdiction]:
    """The jurisdictions above one, the nearest first; one query."""
    found, chain = Jurisdiction.objects.select_related(CHAIN[-1]).get(pk=place_id).parent, []
    while found is not None and len(chain) < LEVELS:
        chain.append(found)
        found = found.parent
    return chain
