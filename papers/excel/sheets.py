"""Here: what a workbook is made of, and what may stand in a cell. Not here: writing the file (openpyxl_writer.py, rust_writer.py)."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from operator import itemgetter
from typing import Any

from django.utils import timezone

from organizations.clock import ZONE

TEXT, CODE, MONEY, NUMBER, PERCENT, DAY, MOMENT = "text", "code", "money", "number", "percent", "day", "moment"
FORMATS = {
    CODE: "@",
    MONEY: "#,##0.00",
    NUMBER: "0",
    PERCENT: "0.00%",
    DAY: "yyyy-mm-dd",
    MOMENT: "yyyy-mm-dd hh:mm",
}
WIDTHS = {TEXT: 18, CODE: 20, MONEY: 18, NUMBER: 10, PERCENT: 10, DAY: 12, MOMENT: 17}
NARROWEST, WIDEST = 10, 44
A3, A4, NARROW = 8, 9, 14  # codes of paper; columns that can be read on A4
LONGEST = 32_767  # characters of a cell, Excel's limit
EXACT = Decimal(10) ** 13  # below it every amount to the cent is one of the 15 digits that Excel keeps
WHOLE = 10**15
CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
TAB = re.compile("[\t\r]+")
FORBIDDEN = re.compile(r"[\[\]:*?/\\']")
CUT = "…(过长,已截断)"


@dataclass(frozen=True)
class Column:
    """A column: its header, the kind of its cells, whether it is summed below, and what stands for None (else empty).

    `wrap` breaks long text into lines, for short lists that are read on paper.
    """

    label: str
    kind: str = TEXT
    total: bool = False
    unknown: str = ""
    width: int = 0
    wrap: bool = False

    def __post_init__(self) -> None:
        object.__setattr__(self, "label", text(self.label))

    @classmethod
    def of(cls, label: str, *, total: bool = False) -> "Column":
        """A column known by its header alone: 元 is money, a sum of anything else counts; other cells show by value."""
        return cls(label, MONEY if "元)" in label else NUMBER if total else "", total)

    @property
    def format(self) -> str:
        """Excel's number format; empty for plain text."""
        return FORMATS.get(self.kind, "")

    @property
    def figure(self) -> bool:
        """Whether its cells stand to the right."""
        return self.kind in (MONEY, NUMBER, PERCENT)

    @property
    def broad(self) -> int:
        """The width in characters."""
        least = max(2 * len(self.label) + 3, NARROWEST)
        return min(self.width or max(least, WIDTHS.get(self.kind, least)), WIDEST)


@dataclass(frozen=True)
class Sheet:
    """A table. `figures` are the totals as the system knows them, by header; without them they are added up while writing."""

    title: str
    columns: list[Column]
    rows: Iterable[Iterable]
    figures: dict[str, Decimal | int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        labels = [column.label for column in self.columns]
        if len(set(labels)) < len(labels):
            raise ValueError(f"two columns of {self.title} have the same header")
        if self.columns[0].total:
            raise ValueError(f"the first column of {self.title} holds the word 合计 below, not a sum")

    @property
    def tab(self) -> str:
        """The title as a sheet may be named."""
        return FORBIDDEN.sub("", text(self.title))[:31].strip() or "表"

    @property
    def summed(self) -> list[tuple[int, Column]]:
        """The columns with a total, each with its place from 0."""
        return [(at, column) for at, column in enumerate(self.columns) if column.total]


@dataclass(frozen=True)
class Book:
    """A workbook: its title, which is also printed above each page; who asked and for what, printed below."""

    title: str
    sheets: list[Sheet]
    note: str = ""

    @property
    def heading(self) -> str:
        """What is printed above each page, with Excel's codes for larger and bold."""
        return '&14&"-,Bold"' + printed(self.title)

    def __post_init__(self) -> None:
        tabs = [sheet.tab for sheet in self.sheets]
        if len(set(tabs)) < len(tabs):
            raise ValueError(f"two sheets of {self.title} have the same name")


def printed(words: str) -> str:
    """Words for the edge of a printed page, where & begins a code."""
    return words.replace("&", "&&")[:200]


def paper(columns: int) -> int:
    """The size of paper: A4, or A3 for what would be too small on it."""
    return A4 if columns <= NARROW else A3


def text(value: Any) -> str:
    """A text as a cell may hold it: no control characters, no tabs, not too long. It is never a formula."""
    plain = value if isinstance(value, str) else str(value)
    if not plain.isprintable():
        plain = CONTROL.sub("", TAB.sub(" ", plain))
    return plain if len(plain) <= LONGEST else plain[: LONGEST - len(CUT)] + CUT


def amount(value: Any) -> Any:
    """A figure; one that Excel could not keep to the cent stands as text, digit by digit, rather than rounded."""
    kind = type(value)
    if kind is Decimal:
        return value if -EXACT < value < EXACT else f"{value:f}"
    if kind is int:
        return value if -WHOLE < value < WHOLE else str(value)
    return text(value) if kind is str else value


def moment(value: Any) -> Any:
    """A moment by the clock of the city."""
    if isinstance(value, datetime):
        return timezone.make_naive(value, ZONE) if timezone.is_aware(value) else value
    return value if isinstance(value, date) else text(value)


def by_value(value: Any) -> Any:
    """A cell of a column whose kind is not known."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, Decimal | int | float):
        return amount(value)
    return moment(value)


CLEAN: dict[str, Callable[[Any], Any]] = {
    MONEY: amount, NUMBER: amount, PERCENT: amount, DAY: moment, MOMENT: moment, "": by_value,
}  # fmt: skip


def cleaned(sheet: Sheet, totals: list[Decimal]) -> Iterator[list]:
    """The rows as they are written, one at a time; `totals` grows by what the summed columns hold.

    Texts are looked at all together, since hardly any row needs more than that look.
    """
    columns = list(enumerate(sheet.columns))
    texts = [(at, column.unknown or None) for at, column in columns if column.kind in (TEXT, CODE)]
    others = [
        (at, CLEAN[column.kind], column.unknown or None) for at, column in columns if column.kind not in (TEXT, CODE)
    ]
    summed = [(place, at) for place, (at, column) in enumerate(sheet.summed) if column.label not in sheet.figures]
    picked = itemgetter(*(at for at, _ in texts)) if len(texts) > 1 else None
    for row in sheet.rows:
        cells = list(row)
        if len(cells) != len(columns):
            raise ValueError(f"a row of {sheet.title} has {len(cells)} cells, not {len(columns)}")
        for at, make, unknown in others:
            value = cells[at]
            cells[at] = unknown if value is None else make(value)
        if picked is None or not _plain(picked(cells)):
            for at, unknown in texts:
                cells[at] = unknown if cells[at] is None else text(cells[at])
        for place, at in summed:
            if type(cells[at]) in (Decimal, int):
                totals[place] += cells[at]
        yield cells


def _plain(texts: tuple) -> bool:
    """Whether these are texts that may stand as they are."""
    try:
        joined = "".join(texts)
    except TypeError:  # something unknown, or no text
        return False
    return joined.isprintable() and len(joined) <= LONGEST
