"""Here: whose duties a change would touch, as lines of text and as a sheet. Not here: trying the change (projects.impact)."""

from collections.abc import Iterator
from dataclasses import replace
from typing import BinaryIO

from papers.excel import Book, Column, Sheet, write
from projects.impact import Report, Row
from projects.models import TransitionalDecision

HEADS = {
    "编号": 15, "项目": 28, "建设单位": 20, "性质": 11, "投资(元)": 17, "现状": 13, "会增加": 44, "会减少": 44,
    "新旧文件适用": 14, "依据": 24,
}  # fmt: skip


def impact_lines(report: Report) -> Iterator[str]:
    """The counts, then every project touched with what comes (+), goes (-) and was decided."""
    touched = f"{len(report.rows)} 个在办项目的义务会改变" if report.rows else "没有在办项目的义务会改变"
    yield f"试算 {report.tried} 个,{touched}:{report.added} 个增加,{report.dropped} 个减少。"
    for row in report.rows:
        project = row.project
        yield f"{project.number} {project.name}  {project.department.name}  {amount(row)}  {project.get_state_display()}"
        for sign, duties in (("+", row.change.added), ("-", row.change.dropped)):
            yield from (f"  {sign} {duty.rule} {duty.clause} {duty.says}" for duty in duties)
        for each in row.decisions:
            yield f"  已决定:{each.choice}({each.to_pack}),{each.decided_on},依据:{each.basis}"
    if report.rows:
        newest = [row.decisions[0].choice if row.decisions else "" for row in report.rows]
        told = [f"{choice} {newest.count(choice)} 个" for choice, _ in TransitionalDecision.CHOICES]
        yield f"新旧文件适用:{'、'.join(told)},尚未决定 {newest.count('')} 个。"


def amount(row: Row) -> str:
    """The investment in words."""
    return "投资未定" if row.project.investment is None else f"{row.project.investment:,.2f} 元"


def write_impact(report: Report, out: BinaryIO) -> None:
    """The same as a workbook, one row for every project."""
    columns = [replace(Column.of(head), width=width, wrap=not head.startswith("投资")) for head, width in HEADS.items()]
    write(Book("改动影响", [Sheet("受影响的项目", columns, [_cells(row) for row in report.rows])]), out)


def _cells(row: Row) -> tuple:
    project, decided = row.project, row.decisions[0] if row.decisions else None
    added, dropped = (
        "\n".join(f"{duty.rule} {duty.clause} {duty.says}" for duty in duties)
        for duties in (row.change.added, row.change.dropped)
    )
    return (
        project.number, project.name, project.department.name, project.kind, project.investment,
        project.get_state_display(), added, dropped,
        decided.choice if decided else "尚未决定", decided.basis if decided else "",
    )  # fmt: skip
