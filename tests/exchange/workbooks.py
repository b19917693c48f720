"""Here: filling in a downloaded template, as a person would. Not here: tests."""

from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import load_workbook

FIRST = 3  # below the header and the example


def filled(template: bytes, rows: list[dict], *, name: str = "填好.xlsx") -> SimpleUploadedFile:
    """The template with these rows below its example; headers without their asterisk."""
    book = load_workbook(BytesIO(template))
    page = book.worksheets[0]
    places = {str(cell.value).rstrip("*"): cell.column for cell in page[1]}
    for at, row in enumerate(rows, start=FIRST):
        for header, value in row.items():
            page.cell(at, places[header]).value = value
    return saved(book, name)


def saved(book, name: str = "填好.xlsx") -> SimpleUploadedFile:
    """A workbook as an upload."""
    out = BytesIO()
    book.save(out)
    return SimpleUploadedFile(name, out.getvalue())
