"""Here: the firms that procurement has on file. Not here: comparing them with other firms (projects/parties.py)."""

from procurement.comparison import normal
from procurement.models import Award, Contract
from projects.on_file import newest_first
from projects.parties import CONTRACTOR, Party, party_source


@party_source
def contractors(project) -> list[Party]:
    """Winners and suppliers; somebody who is both counts once."""
    found = [*newest_first(project, Award), *newest_first(project, Contract)]
    return list(dict.fromkeys(Party(CONTRACTOR, each.firm_name, each.firm_credit_code) for each in found))


def same_firm(one, other) -> bool:
    """Whether two records name the same firm: the same name and the same credit code (YQ-3.6-2)."""
    return (normal(one.firm_name), one.firm_credit_code) == (normal(other.firm_name), other.firm_credit_code)
