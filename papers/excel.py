"""Here: one way to write a list as an Excel file. Not here: which lists (the rooms)."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from io import BytesIO

from django.http import HttpResponse
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FORMATS = ((Decimal, "#,##0.00"), (date, "yyyy-mm-dd"))
BOLD = Font(bold=True)
NARROWEST, WIDEST = 10, 28


def workbook(title: str, columns: list[str], rows: Iterable[Iterable], *, totals: Iterable[str] = ()) -> bytes:
    """A sheet with a frozen header; text stays text, so that nothing a person typed can become a formula.

    The columns named in `totals` are summed below the rows by live formulas.
    """
    book = Workbook(write_only=True)
    sheet = book.create_sheet(title[:31])
    sheet.freeze_panes = "A2"
    for at, name in enumerate(columns, start=1):
        width = min(max(2 * len(name) + 2, NARROWEST), WIDEST)
        sheet.column_dimensions[get_column_letter(at)].width = width
    sheet.append([_cell(sheet, name, bold=True) for name in columns])
    last = 1
    for values in rows:
        sheet.append([_cell(sheet, value) for value in values])
        last += 1
    if totals and last > 1:
        sheet.append([_sum(sheet, at, name, set(totals), last) for at, name in enumerate(columns, start=1)])
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _cell(sheet, value, *, bold: bool = False):
    cell = WriteOnlyCell(sheet, value=value)
    if isinstance(value, str):
        cell.data_type = "s"
    for kind, shown_as in FORMATS:
        if isinstance(value, kind):
            cell.number_format = shown_as
    if bold:
        cell.font = BOLD
    return cell


def _sum(sheet, at: int, name: str, totals: set[str], last: int):
    """The cell below a column: its sum, 合计 below the first, nothing below the others."""
    if name not in totals:
        return _cell(sheet, "合计" if at == 1 else None, bold=True)
    letter = get_column_letter(at)
    cell = WriteOnlyCell(sheet, value=f"=SUM({letter}2:{letter}{last})")
    cell.number_format, cell.font = FORMATS[0][1] if "元" in name else "0", BOLD
    return cell


def download(
    filename: str, title: str, columns: list[str], rows: Iterable[Iterable], *, totals: Iterable[str] = ()
) -> HttpResponse:
    """The sheet as a file to save."""
    response = HttpResponse(workbook(title, columns, rows, totals=totals), content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="{filename}.xlsx"'
    return response
