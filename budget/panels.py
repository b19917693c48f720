"""Here: the money bar of a project. Not here: the amounts (money.py)."""

from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from budget.money import UNDER_CONTRACT, money_of, paid
from policies.verdicts import words
from projects.panels import panel

LABELS = {
    "declared": "申报", "reviewed": "审核", "approved": "批复", "allocated": "下达", "contracted": "合同", "paid": "已付",
}  # fmt: skip
CHAIN = ("approved", "allocated", "contracted", "paid")


@dataclass(frozen=True)
class Bar:
    """One amount in 元; None is unknown."""

    name: str
    label: str
    amount: Decimal | None


@dataclass(frozen=True)
class Bars:
    """The bars, the largest amount, what is still open under contract, and where a later amount exceeds an earlier."""

    rows: list[Bar]
    largest: Decimal
    open: Decimal | None
    broken: list[str]


@panel("money", template="budget/_money.html", side=True, order=30)
def money_bar(project, user) -> dict:
    """Amounts from declared to paid in 元; unknown stays unknown."""
    return {"bars": bars(project)}


def bars(project) -> Bars:
    """The bars of a project."""
    amounts = money_of(project)
    largest = max((value for value in amounts.values() if value is not None), default=None)
    contract = amounts["contracted"]
    under_contract = amounts["paid"] if contract is None else paid(project, UNDER_CONTRACT)
    still = None if contract is None else contract - under_contract
    problems = broken(amounts | {"paid": under_contract})
    found = [Bar(name, label, amounts[name]) for name, label in LABELS.items()]
    return Bars(found, largest or Decimal(1), still, problems)


def broken(amounts: dict[str, Decimal | None]) -> list[str]:
    """Where 批复 ≥ 下达 ≥ 合同 ≥ 已付 does not hold between neighbours that are known; a hint, no clause."""
    known = [name for name in CHAIN if amounts[name] is not None]
    return [
        f"{LABELS[later]} {words(amounts[later])} 元大于{LABELS[earlier]} {words(amounts[earlier])} 元"
        for earlier, later in pairwise(known)
        if amounts[later] > amounts[earlier]
    ]
