"""Here: the review queue as a workbook. Not here: what is in it (queue.py), its page, writing Excel."""

from django.core.exceptions import ValidationError

from exchange.exports import export
from papers.excel import CODE, DAY, MONEY, NUMBER, Column, Sheet
from reviews.queue import QueueFilter, asked_for, is_reviewer, queue, waiting

COLUMNS = [
    Column("序号", NUMBER), Column("件数", NUMBER, total=True), Column("事项", width=26), Column("项目编号", CODE),
    Column("项目名称", width=34), Column("建设单位", width=24), Column("建设性质"),
    Column("投资额(元)", MONEY, total=True, unknown="未知"), Column("到达日期", DAY), Column("到期日期", DAY, unknown="无期限"),
    Column("计时"), Column("疑似重复"), Column("承办人"),
]  # fmt: skip


@export("review-queue", label="审核队列", may=is_reviewer, view="reviews:queue")
def review_queue(user, asked):
    """What waits for the reviewing offices, filtered and sorted as on the page."""
    everything = queue(user)
    form = QueueFilter(asked, waiting=waiting(everything))
    if not form.is_valid():
        raise ValidationError(form.errors.as_data())
    found = asked_for(everything, form.cleaned_data)
    size = found.count()
    return [Sheet("审核队列", COLUMNS, _lines(found), {"件数": size})], size


def _lines(found):
    for at, duty in enumerate(found.iterator(2_000), start=1):
        project = duty.project
        yield [
            at, 1, duty.label, project.number, project.name, project.department.name, project.kind, project.investment,
            duty.since, duty.due_on, "暂停" if duty.paused else "", "是" if duty.alike else "",
            duty.assignee.display_name if duty.assignee else "",
        ]  # fmt: skip
