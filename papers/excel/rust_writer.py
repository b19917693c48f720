"""Here: a large book written by rustpy-xlsxwriter in constant memory. Not here: what stands in the cells (sheets.py).

The library takes text for text, so that nothing becomes a formula. It reads the sheets in turn: 对账 comes last, when the
rows of the others have been counted.
"""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import IO, BinaryIO, cast

from rustpy_xlsxwriter import Format, write_worksheets

from papers.excel import recount
from papers.excel.sheets import FORMATS, MONEY, NUMBER, Book, Column, Sheet, paper, printed
from papers.excel.writing import Table


def save(book: Book, tables: list[Table], totals: dict[str, list[Decimal]], out: IO[bytes]) -> None:
    """Write the tables and, where something is summed, the sheet 对账."""
    pages: list[tuple[str, Iterable[dict]]] = [(sheet.tab, _records(sheet.columns, rows)) for sheet, rows in tables]
    columns = {sheet.tab: sheet.columns for sheet in book.sheets}
    summed = [sheet for sheet in book.sheets if sheet.summed]
    worked_out = {}
    if summed:
        pages.append((recount.TITLE, _records(recount.GIVEN, recount.lines(book.sheets, totals))))
        columns[recount.TITLE] = recount.COLUMNS
        worked_out[recount.TITLE] = recount.formulas(book.sheets)
    write_worksheets(
        pages, cast(BinaryIO, out),
        header_format=dict.fromkeys(columns, _head()),
        column_formats={tab: _formats(some) for tab, some in columns.items()},
        column_widths={tab: [column.broad for column in some] for tab, some in columns.items()},
        freeze_panes={"general": {"row": 1, "col": 0}},
        autofilter=dict.fromkeys(columns, True),
        totals_row={sheet.tab: {column.label: "sum" for _, column in sheet.summed} for sheet in summed},
        totals_label={sheet.tab: recount.SUM for sheet in summed},
        totals_format={sheet.tab: _foot(sheet) for sheet in summed},
        formula_columns=worked_out,
        page_setup={tab: _paper(book, len(some)) for tab, some in columns.items()},
        float_format=FORMATS[MONEY], datetime_format="yyyy-mm-dd",
    )  # fmt: skip


def _records(columns: list[Column], rows: Iterable[list]) -> Iterator[dict]:
    """Rows by header; the library writes no header without a row, so an empty table has an empty one."""
    labels = [column.label for column in columns]
    empty = True
    for row in rows:
        empty = False
        yield dict(zip(labels, row, strict=True))
    if empty:
        yield dict.fromkeys(labels)


def _head() -> Format:
    head = Format().set_bold().set_background_color("#E8EEF4").set_text_wrap().set_border_bottom("thin")
    return head.set_align("center").set_align("vertical_center")


def _foot(sheet: Sheet) -> Format:
    kinds = {column.kind for _, column in sheet.summed}
    return Format().set_bold().set_border_top("thin").set_num_format(FORMATS[MONEY if MONEY in kinds else NUMBER])


def _formats(columns: list[Column]) -> dict[str, Format]:
    """By header; plain text has none, since a style for every cell costs a fifth of the time."""
    return {column.label: _format(column) for column in columns if column.format or column.wrap}


def _format(column: Column) -> Format:
    if column.wrap:
        return Format().set_text_wrap().set_align("top")
    shown = Format().set_num_format(column.format)
    return shown.set_align("right") if column.figure else shown


def _paper(book: Book, columns: int) -> dict:
    return {
        "landscape": True, "paper_size": paper(columns), "repeat_rows": 0, "fit_to_pages": (1, 0),
        "header": f"&C{book.heading}", "footer": f"&L{printed(book.note)}&R第 &P 页,共 &N 页",
    }  # fmt: skip
