"""Here: choosing the writer by the size of the book. Not here: the writers (openpyxl_writer.py, rust_writer.py)."""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import chain, islice
from typing import IO, NamedTuple

from papers.excel.sheets import Book, Sheet, cleaned

SMALL = 2_000  # rows that openpyxl writes within half a second


class Table(NamedTuple):
    """A sheet with its rows as they are written."""

    sheet: Sheet
    rows: Iterable[list]


def write(book: Book, out: IO[bytes]) -> None:
    """Write the book to a binary file. Raises ValueError when two columns or sheets have one name."""
    totals = {sheet.tab: [Decimal(0)] * len(sheet.summed) for sheet in book.sheets}
    tables, large = [], False
    for sheet in book.sheets:
        rows: Iterator[list] = cleaned(sheet, totals[sheet.tab])
        first = list(islice(rows, SMALL + 1))
        large = large or len(first) > SMALL
        tables.append(Table(sheet, chain(first, rows)))
    _writer(large)(book, tables, totals, out)


def _writer(large: bool):
    """The writer for the size; openpyxl also where the faster one has no build for the machine."""
    if large:
        try:
            from papers.excel.rust_writer import save

            return save
        except ImportError:
            pass
    from papers.excel.openpyxl_writer import save

    return save
