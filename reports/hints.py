"""Here: where the money of a project does not fit together, or does not move: hints for finance. Not here: rules (packs).

A hint is no verdict and refuses nothing: the amounts beside each other are to be looked at.
"""

from dataclasses import dataclass
from datetime import date

from django.db.models import F, Q

MONTHS = 6


@dataclass(frozen=True)
class Hint:
    """A hint: its code in addresses, its name, what is compared; `amount` beyond `limit`, unless it looks at time."""

    code: str
    label: str
    says: str
    amount: str = ""
    limit: str = ""

    def condition(self, since: date | None = None) -> Q:
        """Which rows of ProjectFigures it is about; the one that looks at time: which wait since that day or longer."""
        if self.amount:
            return Q(**{f"{self.amount}__gt": F(self.limit)})
        return Q(waiting_since__lte=since)

    def is_about(self, amounts: dict) -> bool:
        """Whether these amounts of one project, None where unknown, are beyond each other; never for time."""
        amount, limit = amounts.get(self.amount), amounts.get(self.limit)
        return amount is not None and limit is not None and amount > limit


IDLE = Hint("idle", "批复后迟迟未签合同", "批复后满所填月数仍没有合同")
OVER = (
    Hint("contract_over_approved", "合同超过批复", "合同总额(含变更)大于批准总额", "contracted", "approved"),
    Hint("paid_over_contract", "已付超过合同", "建设资金和运维经费的已付数大于合同总额", "paid_under_contract", "contracted"),
    Hint("paid_over_approved", "已付超过批复", "各类已付数合计大于批准总额", "paid", "approved"),
    Hint("allocated_over_approved", "下达超过批复", "资金安排合计大于批准总额", "allocated", "approved"),
    Hint("procurement_over_allocated", "采购预算超过下达", "采购申请的预算大于资金安排合计", "procurement", "allocated"),
    Hint("contract_over_procurement", "合同超过采购预算", "合同总额(含变更)大于采购申请的预算", "contracted", "procurement"),
)  # fmt: skip
HINTS = (*OVER, IDLE)
BY_CODE = {hint.code: hint for hint in HINTS}


def months_before(day: date, months: int) -> date:
    """The same day so many months ago; the last of the month where it has no such day."""
    at = day.year * 12 + day.month - 1 - months
    year, month = divmod(at, 12)
    for number in range(day.day, 27, -1):
        try:
            return date(year, month + 1, number)
        except ValueError:
            continue
    return date(year, month + 1, day.day)
