"""Here: the sheet 对账, which adds up every total again by live formulas. Not here: writing it.

Each line tells three figures of one column: as the system knows it, as the total below the table says, and as the rows
themselves add up now. Both differences stand at 0.00 as long as nobody has changed a row or a total.
"""

from collections.abc import Iterator
from decimal import Decimal

from papers.excel.sheets import CODE, MONEY, NUMBER, TEXT, Column, Sheet

TITLE = "对账"
SUM = "合计"
GIVEN = [
    Column("工作表", TEXT, width=22),
    Column("合计项", TEXT, width=22),
    Column("列号", NUMBER),
    Column("系统数", MONEY),
]
WORKED_OUT = [
    Column("表内合计", MONEY), Column("逐行重算", MONEY), Column("重算减表内合计", MONEY), Column("重算减系统数", MONEY),
    Column("结果", CODE),
]  # fmt: skip
COLUMNS = [*GIVEN, *WORKED_OUT]


def letter(at: int) -> str:
    """The name of the column at a place from 0."""
    name = ""
    at += 1
    while at:
        at, rest = divmod(at - 1, 26)
        name = chr(65 + rest) + name
    return name


def lines(sheets: list[Sheet], totals: dict[str, list[Decimal]]) -> Iterator[list]:
    """What is given: a line for each total of each sheet. Read after the sheets were written."""
    for sheet in sheets:
        for place, (at, column) in enumerate(sheet.summed):
            yield [sheet.tab, column.label, at + 1, sheet.figures.get(column.label, totals[sheet.tab][place])]


def formulas(sheets: list[Sheet]) -> dict[str, str]:
    """What is worked out, by header, with {row} for the number of the line."""
    summed = [sheet for sheet in sheets if sheet.summed]
    stated, counted = _over(summed, f'"{SUM}"'), _over(summed, f'"<>{SUM}"')
    return dict(
        zip(
            [column.label for column in WORKED_OUT],
            [
                f"={stated}",
                f"={counted}",
                "=ROUND(F{row}-E{row},2)",
                "=ROUND(F{row}-D{row},2)",
                '=IF(AND(G{row}=0,H{row}=0),"一致","不一致")',
            ],
            strict=True,
        )
    )


def _over(sheets: list[Sheet], which: str) -> str:
    """The sum over the column numbered in C, of the rows whose first cell is the word 合计, or is not."""
    found = "0"
    for sheet in reversed(sheets):
        table = f"'{sheet.tab}'!$A:${letter(len(sheet.columns) - 1)}"
        added = f"SUMIF('{sheet.tab}'!$A:$A,{which},INDEX({table},0,$C{{row}}))"
        found = added if len(sheets) == 1 else f'IF($A{{row}}="{sheet.tab}",{added},{found})'
    return found
