"""Here: what contracts amount to, amendments included. Not here: the amendments themselves (rooms above register them)."""

from collections.abc import Callable, Mapping
from decimal import Decimal

from procurement.models import Contract
from procurement.records import valid

Amender = Callable[..., Mapping[int, Decimal]]
_amenders: list[Amender] = []


def amends_contracts(function: Amender) -> Amender:
    """Register function(project) → new totals in 元 of amended contracts, by the contract's primary key (YQ-3.6-5)."""
    _amenders.append(function)
    return function


def contract_amounts(project) -> dict[int, Decimal]:
    """The total of every valid contract in 元 as it stands now, by primary key."""
    amounts = dict(valid(Contract, project).values_list("pk", "amount"))
    for amender in _amenders:
        amounts |= {pk: amount for pk, amount in amender(project).items() if pk in amounts}
    return amounts
