"""Here: 时限台账, the clocks of visible projects as a workbook. Not here: which clocks (board.py), writing Excel."""

from django.core.exceptions import ValidationError

from deadlines import board
from exchange.exports import export
from organizations.navigation import everybody
from papers.excel import CODE, DAY, NUMBER, Column, Sheet

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
