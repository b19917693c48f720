"""Here: the lines of money that an instrument draws on the investment. Not here: what is asked beyond them (obligations.py)."""

from dataclasses import dataclass
from decimal import Decimal

from policies.pack import Pack, leaves

AMOUNT = "project.investment"
CENT = Decimal("0.01")
REACHED = {"at_least": "达到", "above": "超过"}
SAME_LINE = {"at_least": "at_least", "below": "at_least", "above": "above", "at_most": "above"}


@dataclass(frozen=True)
class Line:
    """From this amount on something else is asked. `test` says whether the amount itself counts: at_least or above."""

    bound: Decimal
    test: str

    def passed(self, amount: Decimal | None) -> bool:
        """Whether an amount lies on the far side."""
        return amount is not None and amount >= self.first

    @property
    def first(self) -> Decimal:
        """The first amount on the far side."""
        return self.bound if self.test == "at_least" else self.bound + CENT

    @property
    def words(self) -> str:
        """The line as people say it, in 万元 without idle zeros: 达到 68.5 万元."""
        return f"{REACHED[self.test]} {(self.bound / 10000).normalize():f} 万元"


def lines(pack: Pack) -> list[Line]:
    """Every line that decides whether the pack, a rule or a clock applies, lowest first (no figure stands outside the pack)."""
    whens = [check.when for rule in pack.rules for check in rule.checks if not check.outside]
    whens += [spec.when for spec in pack.deadlines]
    whens.append([each for each in pack.scope if not each.any])
    found = {
        Line(each.value, SAME_LINE[each.test])
        for when in whens
        for each in leaves(when)
        if each.fact == AMOUNT and each.test in SAME_LINE and isinstance(each.value, Decimal)
    }
    return sorted(found, key=lambda line: line.first)
