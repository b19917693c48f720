"""Here: clocks of visible projects, and how many were late, as workbooks. Not here: which clocks (board, statistics)."""

from django.core.exceptions import ValidationError

from deadlines import board, statistics
from exchange.exports import export
from organizations.navigation import everybody
from papers.excel import CODE, DAY, MONEY, NUMBER, Column, Sheet

KINDS = {
    "项目编号": CODE, "条款编号": CODE, "期限": NUMBER, "超期工作日": NUMBER, "起算日": DAY, "到期日": DAY, "办结日": DAY,
    "提请督办日": DAY,
}  # fmt: skip
COLUMNS = [
    Column("序号", NUMBER), Column("件数", NUMBER, total=True),
    *(Column(label, KINDS.get(label, "text"), total=label == "超期工作日") for label in board.COLUMNS),
]  # fmt: skip


@export("deadlines", label="时限台账", may=everybody, view="deadlines:board")
def deadlines(user, asked):
    """Clocks under the filters of the board, the earliest last day first."""
    form = board.Asked(asked, user=user)
    if not form.is_valid():
        raise ValidationError(form.errors.as_data())
    size = board.rows(user, form.asked).count()
    lines = ([at, 1, *row] for at, row in enumerate(board.values(user, form.asked), start=1))
    return [Sheet("时限台账", COLUMNS, lines, {"件数": size})], size


COUNTED = [
    Column(label, NUMBER, total=True) if 0 < at < 6 else Column(label, MONEY if at else "text")
    for at, label in enumerate(statistics.COLUMNS)
]


@export("deadline-statistics", label="时限统计", may=everybody, view="deadlines:statistics")
def deadline_statistics(user, asked):
    """Clocks counted as on the page, with the page's own sums to compare with."""
    form = statistics.Asked(asked, user=user)
    if not form.is_valid():
        raise ValidationError(form.errors.as_data())
    rows, whole = list(statistics.values(user, form.asked)), statistics.whole(user, form.asked)
    figures = {"合计": whole.total, "按期办结": whole.met_in_time, "逾期办结": whole.met_late}
    return [Sheet("时限统计", COUNTED, rows, figures | {"逾期未办结": whole.late, "未到期": whole.running})], len(rows)
