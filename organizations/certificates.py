"""Here: which certificate types are accepted today. Not here: whether a given certificate is valid on a day."""

from django.db.models import Q, QuerySet

from .models import CertificateFamily, CertificateType


def known_in(place_id: int | None) -> QuerySet[CertificateType]:
    """The table as one place has it: what every place starts with, and what its own office has registered."""
    own = Q(registered_by__organization__jurisdiction=place_id) if place_id else Q(pk__in=[])
    return CertificateType.objects.filter(Q(registered_by=None) | own)


def accepted_types(family: str, place_id: int | None = None) -> list[CertificateType]:
    """The types in use of a family in a place, originals first and then registered substitutes (YQ-Q16).

    Raises ValueError for a family that does not exist.
    """
    types = known_in(place_id).filter(family=CertificateFamily(family), active=True)
    return sorted(types, key=lambda certificate: (certificate.substitute_for_id is not None, certificate.pk))
