"""Here: 时限表 in a project's archive volume. Not here: reckoning (timetable.py), typesetting."""

from collections.abc import Iterator

from deadlines.timetable import timetable
from papers.content import Table
from papers.wording import day
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
        day(each.starts_on),
        f"{each.within}{each.unit}" if each.within else "无法定期限",
        day(each.due_on) if each.due_on else "—",
        f"{each.used}" if each.used is not None else "—",
        f"{each.stopped}" if each.stopped else "—",
        day(each.met_on) if each.met_on else "—",
        each.status_label,
    ]
