"""Here: where the money of a project does not fit together, or does not move: hints for finance. Not here: rules (packs).

A hint is no verdict and refuses nothing: the amounts beside each other are to be looked at.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, Q, QuerySet

from projects.models import Project
from projects.states import CLOSED

MONTHS = 6


@dataclass(frozen=True)
class Hint:
    """A hint: its code in addresses, its name, what is compared, and the condition on a day after so many months."""

    code: str
    label: str
    says: str
    condition: Callable[[date, int], Q]


def _more(amount: str, limit: str) -> Callable[[date, int], Q]:
    return lambda today, months: Q(**{f"{amount}__gt": F(limit)})


def _idle(today: date, months: int) -> Q:
    since = Q(approved_on__lte=months_before(today, months), contracted=None)
    return since & ~Q(state__in=CLOSED)


HINTS = (
    Hint("contract_over_approved", "合同超过批复", "合同总额(含变更)大于批准总额", _more("contracted", "approved")),
    Hint("paid_over_contract", "已付超过合同", "建设资金和运维经费的已付数大于合同总额", _more("paid_under_contract", "contracted")),
    Hint("paid_over_approved", "已付超过批复", "各类已付数合计大于批准总额", _more("paid", "approved")),
    Hint("allocated_over_approved", "下达超过批复", "资金安排合计大于批准总额", _more("allocated", "approved")),
    Hint("procurement_over_allocated", "采购预算超过下达", "采购申请的预算大于资金安排合计", _more("procurement", "allocated")),
    Hint("contract_over_procurement", "合同超过采购预算", "合同总额(含变更)大于采购申请的预算", _more("contracted", "procurement")),
    Hint("idle", "批复后迟迟未签合同", "批复后满所填月数仍没有合同", _idle),
)  # fmt: skip
BY_CODE = {hint.code: hint for hint in HINTS}


def count_hints(chained: QuerySet[Project], today: date, months: int) -> list[tuple[Hint, int]]:
    """How many projects each hint is about. One query."""
    counts = {hint.code: Count("pk", filter=hint.condition(today, months)) for hint in HINTS}
    found = chained.aggregate(**counts)
    return [(hint, found[hint.code]) for hint in HINTS]


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
