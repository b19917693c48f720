"""Here: the consulting firm as a party of the project. Not here: comparing parties (projects/parties.py)."""

from projects.parties import CONSULTANT, Party, party_source
from reviews import current


@party_source
def consultant(project) -> list[Party]:
    """The firm commissioned to write the scheme (YQ-3.4-4)."""
    found = current.commission(project)
    return [Party(CONSULTANT, found.firm_name, found.firm_credit_code)] if found else []
