"""Here: lists as Excel files. Not here: which lists there are."""

from datetime import date
from decimal import Decimal
from io import BytesIO

from openpyxl import load_workbook

from papers.excel import workbook


def read(data: bytes):
    return load_workbook(BytesIO(data))["表"]


def test_what_a_person_typed_never_becomes_a_formula():
    sheet = read(workbook("表", ["名称"], [["=1+1"], ["@SUM(A1)"], ["-2+3"], ["+cmd|' /C calc'!A0"]]))
    cells = [row[0] for row in sheet.iter_rows(min_row=2)]
    assert [cell.value for cell in cells] == ["=1+1", "@SUM(A1)", "-2+3", "+cmd|' /C calc'!A0"]
    assert {cell.data_type for cell in cells} == {"s"}


def test_figures_stay_figures_and_the_unknown_stays_empty():
    sheet = read(workbook("表", ["金额", "日期", "文号"], [[Decimal("1234567.89"), date(2026, 3, 2), None]]))
    assert [cell.value for cell in sheet[1]] == ["金额", "日期", "文号"]
    amount, day, number = sheet[2]
    assert (amount.value, amount.data_type, day.value.date(), number.value) == (1234567.89, "n", date(2026, 3, 2), None)
    assert sheet.freeze_panes == "A2"
