"""Here: rows of a table copied from a spreadsheet. Not here: checking them (the row's form), saving."""

import csv
import io
import re
import unicodedata
from decimal import Decimal

from projects.fields import GROUPED, PLAIN

WAN = Decimal(10000)
MONEY = ("unit_price", "amount")
NUMBERS = (*MONEY, "quantity")
TOTALS = {"合计", "总计", "合 计", "小计"}
HEADERS = {
    "名称": "name", "项目名称": "name", "内容": "name", "项目": "name", "类型": "type", "类别": "type", "规格": "specification",
    "规格型号": "specification", "型号": "specification", "技术参数": "specification", "单位": "unit", "计量单位": "unit",
    "数量": "quantity", "单价": "unit_price", "金额": "amount", "总价": "amount", "小计": "amount", "合价": "amount",
    "不用公共设施的理由": "own_built_reason", "理由": "own_built_reason", "资金来源": "source", "来源": "source", "层级": "level",
}  # fmt: skip
UNHEADED = {
    3: ("name", "quantity", "amount"),
    4: ("name", "quantity", "unit_price", "amount"),
    5: ("name", "specification", "quantity", "unit_price", "amount"),
    6: ("name", "specification", "unit", "quantity", "unit_price", "amount"),
    7: ("name", "type", "specification", "unit", "quantity", "unit_price", "amount"),
    8: ("name", "type", "specification", "unit", "quantity", "unit_price", "amount", "own_built_reason"),
}  # fmt: skip
BRACKETS = re.compile(r"[((].*?[))]")


def pasted(text: str, columns: list[str]) -> list[dict[str, str]]:
    """Rows for the columns of a table. A header line is used where there is one; amounts under 万元 become 元.

    What is no plain amount stays as it was copied, so that the cell shows its error; nothing becomes 0. Lines of totals
    are left out.
    """
    lines = [[cell.strip() for cell in line] for line in csv.reader(io.StringIO(text), delimiter="\t")]
    lines = [line for line in lines if any(line)]
    head = _header(lines[0]) if lines else []
    if head:
        lines = lines[1:]
    found = []
    for line in lines:
        keys = head or [(key, False) for key in UNHEADED.get(len(line), columns)]
        row = {key: _cell(key, cell, wan) for (key, wan), cell in zip(keys, line, strict=False) if key in columns}
        if any(row.values()) and next((cell for cell in line if cell), "") not in TOTALS:
            found.append(row)
    return found


def _header(cells: list[str]) -> list[tuple[str, bool]]:
    """The column each cell names, and whether it is in 万元; empty when the line is no header."""
    names = [HEADERS.get(BRACKETS.sub("", cell).replace(" ", ""), "") for cell in cells]
    if sum(bool(name) for name in names) < 2:
        return []
    return [(name, "万" in cell) for name, cell in zip(names, cells, strict=True)]


def _cell(key: str, text: str, wan: bool) -> str:
    if key not in NUMBERS:
        return text
    plain = unicodedata.normalize("NFKC", text).removeprefix("¥").removesuffix("元").strip()
    plain = plain.replace(",", "") if GROUPED.fullmatch(plain) else plain
    if not PLAIN.fullmatch(plain):
        return text
    amount = Decimal(plain) * (WAN if wan and key in MONEY else 1)
    if key not in MONEY:
        return plain
    return f"{amount:,.2f}" if amount == amount.quantize(Decimal("0.01")) else f"{amount:f}"
