"""Here: one way to write a list as an Excel file. Not here: which lists (views.py)."""

from collections.abc import Iterable
from io import BytesIO

from django.http import HttpResponse
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def workbook(title: str, columns: list[str], rows: Iterable[Iterable]) -> bytes:
    """A sheet with a frozen header; text stays text, so that nothing a person typed can become a formula."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(title[:31])
    sheet.freeze_panes = "A2"
    for row in ([columns], rows):
        for values in row:
            sheet.append([_cell(sheet, value) for value in values])
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _cell(sheet, value):
    cell = WriteOnlyCell(sheet, value=value)
    if isinstance(value, str):
        cell.data_type = "s"
    return cell


def download(filename: str, title: str, columns: list[str], rows: Iterable[Iterable]) -> HttpResponse:
    """The sheet as a file to save."""
    response = HttpResponse(workbook(title, columns, rows), content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="{filename}.xlsx"'
    return response
