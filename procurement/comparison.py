"""Here: approved items beside what is applied for, tendered or contracted, with every difference. Not here: judging it."""

import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol

from procurement.models import ProcurementApplication, TenderDocument
from procurement.records import applied_lines, live_applications
from projects.judgement import once
from reviews.baseline import approved_items

NOT_APPROVED, SPECIFICATION, EXCESS, MISSING, QUANTITY = "未列入", "规格不同", "数量超出", "缺少", "数量不同"


class Item(Protocol):
    """Anything with a name, a specification and a quantity."""

    name: str
    specification: str
    quantity: Decimal


@dataclass(frozen=True)
class Wanted:
    """What a list should hold: an approved item, with the quantity that belongs here."""

    name: str
    specification: str
    quantity: Decimal
    unit: str = ""


@dataclass(frozen=True)
class Row:
    """One item on both sides; a side where it does not stand is None. `differences` are short words, empty when equal."""

    wanted: Wanted | None
    found: Wanted | None
    differences: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The item's name."""
        return (self.wanted or self.found).name

    def in_words(self) -> str:
        """For people: 服务器:数量超出(核准 4,现为 5)."""
        parts = []
        for difference in self.differences:
            if difference in (EXCESS, QUANTITY):
                difference += f"(核准 {amount(self.wanted.quantity)},现为 {amount(self.found.quantity)})"
            elif difference == SPECIFICATION:
                difference += f"(核准“{self.wanted.specification}”,现为“{self.found.specification}”)"
            parts.append(difference)
        return f"{self.name}:{'、'.join(parts)}"


def amount(quantity: Decimal) -> str:
    """A quantity without idle zeros: 4, 2.5."""
    return f"{quantity.normalize():f}"


def normal(text: str) -> str:
    """Text as compared: full-width forms and spaces make no difference."""
    return "".join(unicodedata.normalize("NFKC", text).split()).casefold()


def compare(wanted: Iterable[Item], found: Iterable[Item], *, part: bool = False) -> list[Row]:
    """Match by name and specification, else by name alone. `part`: less than wanted is no difference."""
    approved, lines = _summed(wanted), _summed(found)
    partners: dict[tuple[str, str], list[Wanted]] = defaultdict(list)
    strangers = []
    for key, line in lines.items():
        partner = key if key in approved else next((each for each in approved if each[0] == key[0]), None)
        if partner is None:
            strangers.append(Row(None, line, (NOT_APPROVED,)))
        else:
            partners[partner].append(line)
    rows = [_row(item, partners[key], part) for key, item in approved.items()]
    return [*rows, *strangers]


def _summed(items: Iterable[Item]) -> dict[tuple[str, str], Wanted]:
    total: dict[tuple[str, str], Wanted] = {}
    for item in items:
        key = normal(item.name), normal(item.specification)
        before = total[key].quantity if key in total else Decimal(0)
        total[key] = Wanted(item.name, item.specification, before + item.quantity, getattr(item, "unit", ""))
    return total


def _row(item: Wanted, lines: list[Wanted], part: bool) -> Row:
    if not lines:
        return Row(item, None, () if part else (MISSING,))
    quantity = sum(line.quantity for line in lines)
    other = next((line for line in lines if normal(line.specification) != normal(item.specification)), None)
    found = Wanted(lines[0].name, (other or lines[0]).specification, quantity, lines[0].unit)
    differences = [SPECIFICATION] if other else []
    if quantity > item.quantity:
        differences.append(EXCESS if part else QUANTITY)
    elif quantity < item.quantity and not part:
        differences.append(QUANTITY)
    return Row(item, found, tuple(differences))


def applied_rows(project) -> list[Row]:
    """Approved items beside everything applied for in applications that were not returned (YQ-2.1-4, YQ-3.5-2)."""
    return once(project, "applied rows", _applied_rows)


def _applied_rows(project) -> list[Row]:
    return compare(approved_items(project), applied_lines(live_applications(project)), part=True)


def tender_rows(document: TenderDocument) -> list[Row]:
    """What the tender should hold beside what it holds (YQ-3.5-7)."""
    return compare(wanted_in_tender(document.application), document.items.all())


def wanted_in_tender(application: ProcurementApplication) -> list[Wanted]:
    """The application's items as the current approved list has them: its specification, and no more than it still allows.

    An executed change writes a new approved list, so a tender that follows it shows no difference (YQ-3.4-14).
    """
    project = application.project
    others = live_applications(project).exclude(pk=application.pk)
    elsewhere = compare(approved_items(project), applied_lines(others), part=True)
    taken = {_key(row.wanted): row.found.quantity for row in elsewhere if row.wanted and row.found}
    wanted = []
    for row in compare(approved_items(project), application.items.all(), part=True):
        if row.wanted and row.found:
            left = max(row.wanted.quantity - taken.get(_key(row.wanted), Decimal(0)), Decimal(0))
            wanted.append(
                Wanted(row.wanted.name, row.wanted.specification, min(row.found.quantity, left), row.wanted.unit)
            )
    return [item for item in wanted if item.quantity]


def _key(item: Wanted) -> tuple[str, str]:
    return normal(item.name), normal(item.specification)
