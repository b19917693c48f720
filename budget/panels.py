"""Here: the money bar on the project page. Not here: the amounts (money.py)."""

from budget.money import money_of
from projects.panels import panel

LABELS = (
    ("declared", "申报"), ("reviewed", "审核"), ("approved", "批复"), ("allocated", "下达"), ("contracted", "合同"), ("paid", "已付"),
)  # fmt: skip


@panel("money", template="budget/_money.html", side=True, order=30)
def money_bar(project, user) -> dict:
    """Amounts from declared to paid in 元; unknown stays unknown."""
    amounts = money_of(project)
    largest = max((value for value in amounts.values() if value is not None), default=None)
    return {"bars": [(label, amounts[name]) for name, label in LABELS], "largest": largest or 1}
