"""Here: which certificate types are accepted today. Not here: whether a given certificate is valid on a day."""

from .models import CertificateFamily, CertificateType


def accepted_types(family: str) -> list[CertificateType]:
    """The types in use of a family, originals first and then registered substitutes (YQ-Q16).

    Raises ValueError for a family that does not exist.
    """
    types = CertificateType.objects.filter(family=CertificateFamily(family), active=True)
    return sorted(types, key=lambda certificate: (certificate.substitute_for_id is not None, certificate.pk))
