"""Here: a book written by openpyxl, row after row. Not here: what stands in the cells (sheets.py), large books (rust_writer.py)."""

from decimal import Decimal
from typing import IO

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

from papers.excel import recount
from papers.excel.sheets import FORMATS, MONEY, Book, Column, Sheet, paper, printed
from papers.excel.writing import Table

HEAD = {
    "font": Font(bold=True),
    "fill": PatternFill("solid", fgColor="E8EEF4"),
    "alignment": Alignment(wrap_text=True, vertical="center", horizontal="center"),
    "border": Border(bottom=Side("thin")),
}
FOOT = {"font": Font(bold=True), "border": Border(top=Side("thin"))}
RIGHT = Alignment(horizontal="right")
WRAPPED = Alignment(wrap_text=True, vertical="top")
LINE, LATIN = 15.0, 0x2000
RISKY = ("=", "+", "-", "@")


def save(book: Book, tables: list[Table], totals: dict[str, list[Decimal]], out: IO[bytes]) -> None:
    """Write the tables and, where something is summed, the sheet 对账."""
    workbook = Workbook(write_only=True)
    workbook.properties.title, workbook.properties.creator = book.title, ""
    for sheet, rows in tables:
        page = _page(workbook, book, sheet.tab, sheet.columns)
        last = 1
        for row in rows:
            if any(column.wrap for column in sheet.columns):
                page.row_dimensions[last + 1].height = _height(row, sheet.columns)
            page.append([_cell(page, value, column) for value, column in zip(row, sheet.columns, strict=True)])
            last += 1
        page.auto_filter.ref = f"A1:{recount.letter(len(sheet.columns) - 1)}{last}"
        if sheet.summed and last > 1:
            page.append([_foot(page, at, column, last) for at, column in enumerate(sheet.columns)])
    if any(sheet.summed for sheet in book.sheets):
        _recounted(workbook, book, totals)
    workbook.calculation.fullCalcOnLoad = True
    workbook.save(out)


def _page(workbook: Workbook, book: Book, tab: str, columns: list[Column]):
    """A sheet with its header, ready for rows and for the printer."""
    page = workbook.create_sheet(tab)
    page.freeze_panes = "A2"
    page.print_title_rows = "1:1"
    page.page_setup.orientation, page.page_setup.paperSize = "landscape", paper(len(columns))
    page.page_setup.fitToHeight = 0
    page.sheet_properties.pageSetUpPr.fitToPage = True
    page.oddHeader.center.text = book.heading
    page.oddFooter.left.text, page.oddFooter.right.text = printed(book.note), "第 &P 页,共 &N 页"
    for at, column in enumerate(columns):
        page.column_dimensions[recount.letter(at)].width = column.broad
    page.append([_styled(_text(page, column.label), HEAD) for column in columns])
    return page


def _height(row: list, columns: list[Column]) -> float:
    """Room for the longest wrapped cell; a Chinese character is as wide as two others."""
    pairs = [(str(value), column.broad) for value, column in zip(row, columns, strict=True) if column.wrap and value]
    lines = (sum(-(-_breadth(part) // max(broad - 1, 1)) or 1 for part in text.split("\n")) for text, broad in pairs)
    return LINE * max(1, *lines) if pairs else LINE


def _breadth(text: str) -> int:
    return sum(2 if ord(character) > LATIN else 1 for character in text)


def _text(page, value: str):
    cell = WriteOnlyCell(page, value=value)
    cell.data_type = "s"
    cell.quotePrefix = value.startswith(RISKY)  # stays text when somebody types into the cell
    return cell


def _cell(page, value, column: Column):
    cell = _text(page, value) if isinstance(value, str) else WriteOnlyCell(page, value=value)
    if value is not None and (shown := column.format or _format(value)):
        cell.number_format = shown
    if column.figure and isinstance(value, str):
        cell.alignment = RIGHT
    elif column.wrap:
        cell.alignment = WRAPPED
    return cell


def _format(value) -> str:
    """The number format by the value alone."""
    if isinstance(value, Decimal):
        return FORMATS[MONEY]
    return "yyyy-mm-dd hh:mm" if hasattr(value, "hour") else "yyyy-mm-dd" if hasattr(value, "day") else ""


def _foot(page, at: int, column: Column, last: int):
    """The cell below a column: its sum, 合计 below the first, nothing below the others."""
    if column.total:
        name = recount.letter(at)
        cell = WriteOnlyCell(page, value=f"=SUM({name}2:{name}{last})")
        cell.number_format = column.format or "General"
    else:
        cell = WriteOnlyCell(page, value=recount.SUM if at == 0 else None)
    return _styled(cell, FOOT)


def _styled(cell, style: dict):
    for name, value in style.items():
        setattr(cell, name, value)
    return cell


def _recounted(workbook: Workbook, book: Book, totals: dict[str, list[Decimal]]) -> None:
    sheets: list[Sheet] = book.sheets
    page = _page(workbook, book, recount.TITLE, recount.COLUMNS)
    formulas = recount.formulas(sheets)
    for row, given in enumerate(recount.lines(sheets, totals), start=2):
        cells = [_cell(page, value, column) for value, column in zip(given, recount.GIVEN, strict=True)]
        for column in recount.WORKED_OUT:
            cell = WriteOnlyCell(page, value=formulas[column.label].replace("{row}", str(row)))
            cell.number_format = column.format
            cells.append(cell)
        page.append(cells)
