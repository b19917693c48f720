"""Here: a workbook worked out again without a spreadsheet program: the sums below tables and the sheet 对账. Not here: tests.

It knows only the formulas that papers.excel writes, and fails at any other.
"""

import re
from decimal import Decimal
from io import BytesIO

from openpyxl import load_workbook

SUM = re.compile(r"=SUM\(([A-Z]+)(\d+):\1(\d+)\)")
SUMIF = re.compile(
    r"SUMIF\('(?P<tab>[^']+)'!\$A:\$A,\"(?P<which>(?:<>)?合计)\",INDEX\('(?P=tab)'!\$A:\$[A-Z]+,0,\$C(?P<row>\d+)\)\)"
)
PICKED = re.compile(r"IF\(\$A\d+=\"(?P<picked>[^\"]+)\",$")


def recounted(content: bytes) -> list[dict]:
    """The lines of 对账 with every formula worked out: sheet, column, known, stated, counted, and both differences."""
    book = load_workbook(BytesIO(content))
    return [_line(book, row) for row in book["对账"].iter_rows(min_row=2)]


def _line(book, row) -> dict:
    tab, label, column, known, stated, counted = (cell.value for cell in row[:6])
    column = int(column)
    number = row[0].row
    assert [cell.value for cell in row[6:]] == [
        f"=ROUND(F{number}-E{number},2)",
        f"=ROUND(F{number}-D{number},2)",
        f'=IF(AND(G{number}=0,H{number}=0),"一致","不一致")',
    ]
    stated, counted = _sumif(book, tab, column, stated), _sumif(book, tab, column, counted)
    known = Decimal(str(known))
    return {
        "sheet": tab, "column": label, "known": known, "stated": stated, "counted": counted,
        "differences": (round(counted - stated, 2), round(counted - known, 2)),
    }  # fmt: skip


def _sumif(book, tab: str, column: int, formula: str) -> Decimal:
    """What the one SUMIF comes to that the line picks for its sheet."""
    found = [each for each in SUMIF.finditer(formula) if each["tab"] == tab]
    assert len(found) == 1, formula
    names = {each["picked"] for each in PICKED.finditer(formula[: found[0].start()])}
    assert not names or names == {tab}
    rows = list(book[tab].iter_rows())
    total = found[0]["which"] == "合计"
    cells = [row[column - 1] for row in rows if (row[0].value == "合计") is total]
    return sum((_number(cell) for cell in cells), Decimal(0))


def _number(cell) -> Decimal:
    if cell.data_type == "f":
        letter, first, last = SUM.fullmatch(cell.value).groups()
        assert letter == cell.column_letter
        return sum((_number(each[0]) for each in cell.parent[f"{letter}{first}:{letter}{last}"]), Decimal(0))
    return Decimal(str(cell.value)) if cell.data_type == "n" and cell.value is not None else Decimal(0)
