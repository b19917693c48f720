"""Here: supervisor and contractors as parties, and who has not yet declared to be independent. Not here: comparing firms."""

from collections.abc import Iterator

from construction.models import ContractAmendment, Subcontract, SupervisionEngagement
from projects.on_file import newest, newest_first
from projects.parties import CONTRACTOR, SUPERVISOR, Party, parties, party_source


def engagement(project) -> SupervisionEngagement | None:
    """The engagement in force: the newest valid one."""
    return newest(project, SupervisionEngagement)


@party_source
def supervisor(project) -> Iterator[Party]:
    """The firm engaged to supervise."""
    found = engagement(project)
    if found:
        yield Party(SUPERVISOR, found.firm_name, found.firm_credit_code, found.affiliate_names)


@party_source
def contractors(project) -> Iterator[Party]:
    """Subcontractors, and whoever took over a contract by an amendment."""
    for each in newest_first(project, Subcontract):
        yield Party(CONTRACTOR, each.firm_name, each.firm_credit_code, each.affiliate_names)
    for each in newest_first(project, ContractAmendment):
        if each.firm_name:
            yield Party(CONTRACTOR, each.firm_name, each.firm_credit_code or "")


def firms(project, role: str) -> list[str]:
    """Names of the firms on file in a role, each once."""
    return list(dict.fromkeys(party.name for party in parties(project) if party.role == role))


def undeclared(project) -> list[tuple[str, str]]:
    """(role, firm) on either side that has not declared to be independent under the present engagement (YQ-3.6-11)."""
    found = engagement(project)
    if found is None:
        return []
    declared = {(CONTRACTOR, name) for name in found.contractors}
    declared |= {(SUPERVISOR, found.firm_name)} if found.supervisor_independent else set()
    declared |= {(each.role, each.firm_name) for each in found.declarations.filter(voided_at=None)}
    independent = found.subcontracts.filter(voided_at=None, independent=True)
    declared |= {(CONTRACTOR, each.firm_name) for each in independent}
    sides = [(role, name) for role in (SUPERVISOR, CONTRACTOR) for name in firms(project, role)]
    return [side for side in sides if side not in declared]
