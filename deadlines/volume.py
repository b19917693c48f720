"""Here: 时限表 in a project's archive volume. Not here: reckoning (timetable.py), typesetting."""

from collections.abc import Iterator

from deadlines.timetable import timetable
from papers.content import Table
from projects.volume import Leaf, part

COLUMNS = ("时限", "条款", "办理方", "起算", "期限", "到期", "已用", "停表", "办结", "状态")
WIDTHS = (16, 11, 13, 11, 8, 11, 6, 6, 11, 9)


@part("deadlines", title="时限", order=30)
def deadlines(project) -> Iterator[Leaf]:
    """Every clock of the project as it stands today (YQ-3.5-5)."""
    rows = [_row(each) for each in timetable(project)]
    if rows:
        yield Leaf("时限表", [Table(COLUMNS, rows, widths=WIDTHS)])


def _row(each) -> list:
    return [
        each.label,
        each.clause or each.rule,
        each.office,
        str(each.starts_on),
        f"{each.within}{each.unit}" if each.within else "无法定期限",
        str(each.due_on or "—"),
        f"{each.used}" if each.used is not None else "—",
        f"{each.stopped}" if each.stopped else "—",
        str(each.met_on or "—"),
        each.status_label,
    ]
