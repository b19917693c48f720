"""Here: what the book answers with, and how it reads in words. Not here: how a verdict is reached."""

from dataclasses import asdict, dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any


class Outcome(StrEnum):
    """What a rule says of one move. `undetermined` means that a needed fact is unknown; it blocks like a refusal."""

    ALLOWS = "allows"
    REFUSES = "refuses"
    FLAGS = "flags"
    WAIVED = "waived"
    NOT_APPLICABLE = "not_applicable"
    UNDETERMINED = "undetermined"


OUTCOME_LABELS = {
    Outcome.ALLOWS: "符合",
    Outcome.REFUSES: "拦截",
    Outcome.FLAGS: "提示",
    Outcome.WAIVED: "例外",
    Outcome.NOT_APPLICABLE: "不适用",
    Outcome.UNDETERMINED: "待补充",
}


@dataclass(frozen=True)
class Comparison:
    """One fact compared: both operands, so that a reader can check the arithmetic."""

    fact: str
    label: str
    test: str
    test_label: str
    actual: Any
    bound: Any
    holds: bool | None

    def in_words(self) -> str:
        """For people: 投资 680,000.00 ≥ 500,000.00."""
        actual = "未知" if self.actual is None else words(self.actual)
        if self.bound is None:
            return f"{self.label}:{actual}" if self.actual is not None else f"{self.label}:未填报"
        return f"{self.label} {actual}(要求{self.test_label} {words(self.bound)})"


@dataclass(frozen=True)
class Verdict:
    """What one rule says of one action on one day.

    `says` is the rule in our own words, `reason` what it means here; `unblock` are the role codes that can mend it,
    `remedy` the evidence or material to mend it with, `waivable_by` who may grant an exception (empty: nobody).
    """

    rule: str
    clause: str
    doc_no: str
    outcome: Outcome
    basis: str
    severity: str
    says: str
    reason: str
    comparisons: tuple[Comparison, ...] = ()
    unblock: tuple[str, ...] = ()
    remedy: str = ""
    waivable_by: tuple[str, ...] = ()
    stage: str = ""
    waiver: dict = field(default_factory=dict)

    @property
    def blocks(self) -> bool:
        """True when the move may not be made because of this verdict."""
        if self.outcome == Outcome.UNDETERMINED:
            return self.severity == "refuse"
        return self.outcome == Outcome.REFUSES

    @property
    def label(self) -> str:
        """The outcome in one word for people."""
        return OUTCOME_LABELS[self.outcome]

    @property
    def figures(self) -> list[str]:
        """The comparisons in words, both operands in each."""
        return [comparison.in_words() for comparison in self.comparisons]

    @property
    def citation(self) -> str:
        """Document number, clause and rule id, as a refusal prints them."""
        return f"{self.doc_no} {self.clause}({self.rule})"

    def as_json(self) -> dict:
        """Plain data for REST, the ledger and the simulator: the same everywhere."""
        data = {key: plain(value) for key, value in asdict(self).items()}
        return data | {"blocks": self.blocks, "label": self.label, "figures": self.figures, "citation": self.citation}


def allowed(verdicts) -> bool:
    """True when no verdict blocks."""
    return not any(verdict.blocks for verdict in verdicts)


def words(value: Any) -> str:
    """A fact or bound as people write it: 680,000.00; 是/否; 2026-03-02; 甲、乙."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, Decimal):
        return f"{value:,.2f}" if value == value.quantize(Decimal("0.01")) else f"{value:,f}"
    if isinstance(value, int):
        return f"{value:d}"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list | tuple | set | frozenset):
        return "、".join(words(item) for item in value) or "无"
    return "未知" if value is None else str(value)


def plain(value: Any) -> Any:
    """Decimals and dates as text, tuples as lists; everything JSON can hold stays as it is."""
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(item) for item in value]
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, StrEnum):
        return value.value
    return value
