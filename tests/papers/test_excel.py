"""Here: lists as Excel files. Not here: which lists there are."""

from datetime import date
from decimal import Decimal
from io import BytesIO
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook

from papers.excel import CODE, DAY, MONEY, NUMBER, Book, Column, Sheet, one_sheet, workbook, write
from papers.excel.sheets import CUT, LONGEST
from papers.excel.writing import SMALL
from tests.papers.recalculated import recounted

HOSTILE = ["=1+1", "@SUM(A1)", "-2+3", "+cmd|' /C calc'!A0", "\t=1+1", "\r=1", '=HYPERLINK("x")']
COLUMNS = [
    Column("序号", NUMBER), Column("名称"), Column("信用代码", CODE), Column("金额(元)", MONEY, total=True, unknown="未知"),
    Column("个数", NUMBER, total=True), Column("日期", DAY),
]  # fmt: skip
SIZES = pytest.mark.parametrize("size", [5, SMALL + 1])


def lines(size: int):
    for at in range(1, size + 1):
        yield [
            at,
            "=1+1" if at % 2 else "甲",
            "91330382MA2AXXXX0X",
            Decimal("0.10") if at % 5 else None,
            at,
            date(2026, 3, 2),
        ]


def written(book: Book) -> bytes:
    out = BytesIO()
    write(book, out)
    return out.getvalue()


def read(data: bytes):
    return load_workbook(BytesIO(data))["表"]


def test_what_a_person_typed_never_becomes_a_formula():
    sheet = read(workbook("表", ["名称", "=1+1"], [[each, "x"] for each in HOSTILE]))
    cells = [row[0] for row in sheet.iter_rows(min_row=2)]
    assert [cell.value for cell in cells] == [
        "=1+1",
        "@SUM(A1)",
        "-2+3",
        "+cmd|' /C calc'!A0",
        " =1+1",
        " =1",
        HOSTILE[-1],
    ]
    assert {cell.data_type for cell in cells} == {"s"}
    assert [cell.quotePrefix for cell in cells] == [True, True, True, True, False, False, True]
    assert (sheet["B1"].value, sheet["B1"].data_type) == ("=1+1", "s")


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


@SIZES
def test_both_writers_say_the_same(size):
    book = load_workbook(BytesIO(written(Book("台账 & 表", [Sheet("表", COLUMNS, lines(size))], note="张三"))))
    sheet = book["表"]
    assert book.sheetnames == ["表", "对账"]
    assert [cell.value for cell in sheet[1]] == [column.label for column in COLUMNS]
    assert [cell.value for cell in sheet[2]][:5] == [1, "=1+1", "91330382MA2AXXXX0X", 0.1, 1]
    assert [cell.data_type for cell in sheet[2]] == ["n", "s", "s", "n", "n", "d"]
    assert [cell.number_format for cell in sheet[2]][2:] == ["@", "#,##0.00", "0", "yyyy-mm-dd"]
    assert (sheet["D6"].value, sheet["D6"].alignment.horizontal) == ("未知", "right")
    last = size + 2
    assert [cell.value for cell in sheet[last]] == [
        "合计",
        None,
        None,
        f"=SUM(D2:D{last - 1})",
        f"=SUM(E2:E{last - 1})",
        None,
    ]
    assert (sheet.freeze_panes, sheet.auto_filter.ref, sheet.print_title_rows) == ("A2", f"A1:F{last - 1}", "$1:$1")
    assert (sheet.page_setup.orientation, sheet.page_setup.fitToHeight, sheet.page_setup.paperSize) == (
        "landscape",
        0,
        9,
    )
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert "台账 && 表" in sheet.oddHeader.center.text
    assert (sheet.oddFooter.left.text, sheet.oddFooter.right.text) == ("张三", "第 &P 页,共 &N 页")


@SIZES
def test_every_total_is_recounted_from_the_rows(size):
    amount, count = Decimal("0.10") * (size - size // 5), Decimal(size * (size + 1) // 2)
    found = recounted(written(one_sheet("表", COLUMNS, lines(size))))
    assert [(each["column"], each["known"], each["stated"], each["counted"]) for each in found] == [
        ("金额(元)", amount, amount, amount),
        ("个数", count, count, count),
    ]
    assert {each["differences"] for each in found} == {(0, 0)}


def test_a_row_left_out_shows_as_a_difference():
    sheet = Sheet("表", COLUMNS, lines(5), {"金额(元)": Decimal("0.50"), "个数": 15})
    assert [each["differences"] for each in recounted(written(Book("表", [sheet])))] == [(0, Decimal("-0.10")), (0, 0)]


@SIZES
def test_each_sheet_of_a_book_is_recounted_by_itself(size):
    sheets = [Sheet("按单位", COLUMNS, lines(3)), Sheet("明细", COLUMNS, lines(size)), Sheet("空表", COLUMNS, [])]
    found = recounted(written(Book("表", sheets)))
    assert [(each["sheet"], each["known"]) for each in found if each["column"] == "个数"] == [
        ("按单位", 6), ("明细", size * (size + 1) // 2), ("空表", 0),
    ]  # fmt: skip
    assert {each["differences"] for each in found} == {(0, 0)}


def test_what_excel_cannot_hold_exactly_stands_as_text():
    columns = [Column("金额(元)", MONEY), Column("号", NUMBER), Column("文", width=200)]
    rows = [
        [Decimal("9999999999999.99"), 10**15 - 1, "长" * 40_000],
        [Decimal("99999999999999.99"), 2**53 + 1, "a\x00\x0bb\ud800"],
    ]
    sheet = read(written(one_sheet("表", columns, rows)))
    assert [cell.value for cell in sheet[2]][:2] == [9999999999999.99, 10**15 - 1]
    assert (len(sheet["C2"].value), sheet["C2"].value.endswith(CUT)) == (LONGEST, True)
    assert [cell.value for cell in sheet[3]] == ["99999999999999.99", "9007199254740993", "ab"]


def test_the_file_has_a_title_and_asks_to_be_worked_out_when_opened():
    with ZipFile(BytesIO(written(one_sheet("项目台账", COLUMNS, lines(2))))) as file:
        assert ">项目台账</dc:title>" in file.read("docProps/core.xml").decode()
        assert 'fullCalcOnLoad="1"' in file.read("xl/workbook.xml").decode()


def test_headers_and_sheets_are_told_apart():
    with pytest.raises(ValueError, match="same header"):
        Sheet("表", [Column("甲"), Column("甲")], [])
    with pytest.raises(ValueError, match="合计"):
        Sheet("表", [Column("甲", NUMBER, total=True)], [])
    with pytest.raises(ValueError, match="same name"):
        Book("册", [Sheet("表/一", [Column("甲")], []), Sheet("表一", [Column("甲")], [])])
