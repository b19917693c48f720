"""Here: what contracts come to after their amendments. Not here: the contracts, their sum and its limits (procurement)."""

from decimal import Decimal

from construction.models import ContractAmendment
from procurement.amounts import amends_contracts


@amends_contracts
def amended_totals(project) -> dict[int, Decimal]:
    """The newest total in 元 of every amended contract, by the contract's primary key (YQ-3.4-15, YQ-3.6-5)."""
    rows = ContractAmendment.objects.filter(project=project, voided_at=None).order_by("id")
    return dict(rows.values_list("contract_id", "amount"))
