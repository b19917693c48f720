"""Here: the one way to write lists as an Excel workbook. Not here: which lists (the rooms), who may have them (exchange).

A workbook is a `Book` of `Sheet`s of `Column`s; rows are read once and never kept. Small books are written by openpyxl,
large ones by a faster writer; both say the same.
"""

from collections.abc import Iterable
from io import BytesIO
from pathlib import Path
from tempfile import SpooledTemporaryFile

from django.http import FileResponse, HttpResponse
from django.utils.http import content_disposition_header

from papers.excel.sheets import CODE, DAY, MOMENT, MONEY, NUMBER, PERCENT, TEXT, Book, Column, Sheet
from papers.excel.writing import write

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
IN_MEMORY = 4 * 1024 * 1024
__all__ = [
    "CODE", "DAY", "MOMENT", "MONEY", "NUMBER", "PERCENT", "TEXT", "XLSX", "Book", "Column", "Sheet", "attachment",
    "download", "one_sheet", "workbook", "write",
]  # fmt: skip


def one_sheet(
    title: str, columns: Iterable[str | Column], rows: Iterable[Iterable], *, totals: Iterable[str] = ()
) -> Book:
    """A book of one list; the columns named in `totals` are summed below the rows, and again on a sheet 对账."""
    summed = set(totals)
    known = [each if isinstance(each, Column) else Column.of(each, total=each in summed) for each in columns]
    return Book(title, [Sheet(title, known, rows)])


def workbook(
    title: str, columns: Iterable[str | Column], rows: Iterable[Iterable], *, totals: Iterable[str] = ()
) -> bytes:
    """The list as the bytes of a workbook; for lists that are known to be short."""
    out = BytesIO()
    write(one_sheet(title, columns, rows, totals=totals), out)
    return out.getvalue()


def download(
    filename: str, title: str, columns: Iterable[str | Column], rows: Iterable[Iterable], *, totals: Iterable[str] = ()
) -> HttpResponse | FileResponse:
    """The list as a file to save."""
    return attachment(filename, one_sheet(title, columns, rows, totals=totals))


def attachment(filename: str, book: Book) -> HttpResponse | FileResponse:
    """The book as a file to save; a large one is kept on disk while it is sent."""
    out = SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115 - the response closes it
    write(book, out)
    large = out.tell() > IN_MEMORY
    out.seek(0)
    name = f"{Path(filename).name}.xlsx"
    if large:
        return FileResponse(out, as_attachment=True, filename=name, content_type=XLSX)
    with out:
        return HttpResponse(
            out.read(), headers={"Content-Type": XLSX, "Content-Disposition": content_disposition_header(True, name)}
        )
