"""Here: the inbox as a workbook. Not here: what lies in it (inbox.py), its page (board.py), writing Excel."""

from desk.board import InboxFilter, listed
from exchange.exports import export
from papers.excel import CODE, DAY, MONEY, NUMBER, Column, Sheet

COLUMNS = [
    Column("序号", NUMBER), Column("件数", NUMBER, total=True), Column("事项", width=26), Column("项目编号", CODE),
    Column("项目名称", width=34), Column("建设单位", width=24), Column("投资额(元)", MONEY, unknown="未知"),
    Column("到达日期", DAY), Column("到期日期", DAY, unknown="无期限"), Column("承办人"),
]  # fmt: skip


@export("inbox", label="待办", view="desk:home")
def inbox(user, asked):
    """What waits for this person, the most urgent first, under the filters of the page."""
    found = listed(user, InboxFilter(asked).asked)
    size = found.count()
    return [Sheet("待办", COLUMNS, _lines(found), {"件数": size})], size


def _lines(found):
    names = (
        "label", "project__number", "project__name", "project__department__name", "project__investment", "since", "due",
        "assignee__display_name",
    )  # fmt: skip
    for at, row in enumerate(found.values_list(*names).iterator(2_000), start=1):
        yield [at, 1, *row]
