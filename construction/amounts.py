"""Here: what contracts amount to after their amendments. Not here: the contracts as signed (procurement)."""

from decimal import Decimal

from construction.models import ContractAmendment
from procurement.amounts import amends_contracts


@amends_contracts
def amended(project) -> dict[int, Decimal]:
    """The newest agreed total of every amended contract in 元, by its primary key (YQ-3.4-15, YQ-3.6-5)."""
    rows = ContractAmendment.objects.filter(project=project, voided_at=None).order_by("id")
    return dict(rows.values_list("contract_id", "amount"))
