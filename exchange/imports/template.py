"""Here: the workbook that people fill in, and the one that shows them what is wrong. Not here: reading either."""

from io import BytesIO

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from exchange.imports.reading import EXAMPLE, MOST_ROWS, NUMBER, PROBLEMS
from exchange.imports.registry import Field, Import
from exchange.models import ImportRun
from papers.excel.sheets import FORMATS, MONEY, text

HEAD = PatternFill("solid", fgColor="E8EEF4")
WRONG = PatternFill("solid", fgColor="F8D7DA")
PALE = Font(italic=True, color="6B7280")
BOLD = Font(bold=True)
WRAP = Alignment(wrap_text=True, vertical="center")
THIN = Border(bottom=Side("thin"))
NOTES, WORDS = "填写说明", "选项"


def template(kind: Import, fields: list[Field]) -> bytes:
    """Headers with notes, lists to choose from, an example that is not imported, and a page that explains."""
    book = Workbook()
    page = book.active
    page.title = kind.label
    _head(page, [NUMBER, *(field.label + "*" * field.required for field in fields)])
    for at, field in enumerate(fields, start=2):
        cell = page.cell(1, at)
        if field.note:
            cell.comment = Comment(field.note, "", width=260, height=90)
        page.column_dimensions[cell.column_letter].width = max(14, 2 * len(field.label) + 4)
        _shaped(page, field, cell.column_letter)
        _put(page.cell(2, at), field.example).font = PALE
    _put(page.cell(2, 1), f"{EXAMPLE}(不导入)").font = PALE
    page.column_dimensions["A"].width = 16
    _chosen(book, page, fields)
    _explained(book.create_sheet(NOTES), kind, fields)
    return _bytes(book)


def _shaped(page, field: Field, letter: str) -> None:
    """What is typed stays what it is: codes and dates as text, amounts with two places."""
    page.column_dimensions[letter].number_format = FORMATS[MONEY] if field.kind == MONEY else "@"


def _chosen(book, page, fields: list[Field]) -> None:
    """Lists to choose from, kept on a hidden sheet because a rule holds no more than 255 characters."""
    lists = [(at, field.choices) for at, field in enumerate(fields, start=2) if field.choices]
    if not lists:
        return
    words = book.create_sheet(WORDS)
    words.sheet_state = "hidden"
    for column, (at, choices) in enumerate(lists, start=1):
        for row, choice in enumerate(choices, start=1):
            _put(words.cell(row, column), choice)
        letter = get_column_letter(column)
        rule = DataValidation("list", formula1=f"={WORDS}!${letter}$1:${letter}${len(choices)}", allow_blank=True)
        rule.error, rule.errorTitle, rule.showErrorMessage = "请从下拉列表中选择。", "没有这个选项", True
        target = get_column_letter(at)
        rule.add(f"{target}2:{target}{MOST_ROWS}")
        page.add_data_validation(rule)


def _explained(page, kind: Import, fields: list[Field]) -> None:
    _head(page, ["列", "是否必填", "说明", "可以填的内容", "示例"])
    for at, width in enumerate((20, 10, 50, 50, 30), start=1):
        page.column_dimensions[get_column_letter(at)].width = width
    for row, field in enumerate(fields, start=2):
        said = (field.label, "必填" if field.required else "", field.note, field.said, field.example)
        for at, words in enumerate(said, start=1):
            _put(page.cell(row, at), words).alignment = WRAP
    _put(page.cell(len(fields) + 3, 1), kind.help)
    _put(page.cell(len(fields) + 4, 1), f"一次最多 {MOST_ROWS} 行;示例行和空行不导入。")


def annotated(run: ImportRun) -> bytes:
    """The rows as they were read, at their places, with wrong cells marked and the reasons beside them."""
    book = Workbook()
    page = book.active
    headers = [*run.headers, PROBLEMS]
    _head(page, headers)
    places = {header: at for at, header in enumerate(headers, start=1)}
    for number, cells in run.rows:
        for header, value in cells.items():
            _put(page.cell(number, places[header]), value)
    for error in run.errors:
        column = error["column"] if error["column"] in places else None
        said = f"{error['column']}:{error['words']}"
        cell = page.cell(error["row"], places[column or PROBLEMS])
        cell.fill = WRONG
        if column:
            cell.comment = Comment(error["words"], "", width=260, height=90)
        beside = page.cell(error["row"], places[PROBLEMS])
        _put(beside, f"{beside.value};{said}" if beside.value else said)
    page.column_dimensions[get_column_letter(len(headers))].width = 70
    return _bytes(book)


def _head(page, headers: list[str]) -> None:
    for at, header in enumerate(headers, start=1):
        cell = _put(page.cell(1, at), header)
        cell.font, cell.fill, cell.alignment, cell.border = BOLD, HEAD, WRAP, THIN
    page.freeze_panes = "B2"
    page.row_dimensions[1].height = 28


def _put(cell, value: str):
    """Text, never a formula."""
    cell.value = text(value or "") or None
    if cell.value is not None:
        cell.data_type = "s"
        cell.quotePrefix = cell.value.startswith(("=", "+", "-", "@"))
    return cell


def _bytes(book: Workbook) -> bytes:
    out = BytesIO()
    book.save(out)
    return out.getvalue()
