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


def test_totals_are_live_formulas_below_the_rows():
    rows = [["=甲", Decimal("1.10"), 2], ["乙", None, 3]]
    sheet = read(workbook("表", ["名称", "金额(元)", "项目数"], rows, totals=["金额(元)", "项目数"]))
    last = sheet[4]
    assert [cell.value for cell in last] == ["合计", "=SUM(B2:B3)", "=SUM(C2:C3)"]
    assert [cell.data_type for cell in last] == ["s", "f", "f"]
    assert (sheet["A2"].data_type, sheet["B2"].number_format, last[1].number_format) == ("s", "#,##0.00", "#,##0.00")
    assert read(workbook("表", ["名称", "金额(元)"], [], totals=["金额(元)"])).max_row == 1
