"""Here: 变更情况表 and 验收组签字表, forms without a red head. Not here: opinions and notices (documents.py)."""

from acceptance.changes import decisions, reported
from acceptance.documents import signatures
from acceptance.models import ChangeReport, ReportedChange
from papers.content import Content, Fields, Heading, Para, Signatures, Table
from papers.registry import paper
from papers.wording import MISSING, day, filled, money, official
from projects.official import basics

PEN = "□认可\u3000□不认可"


@paper("change_table", label="变更情况表", stage="验收", issuer="applicant", source="change_report")
class ChangeTable:
    """变更情况表: every change that the unit reports, approved or not (YQ-3.4-16)."""

    def content(self, report: ChangeReport) -> Content:
        """From the report, its entries and its project."""
        project = report.project
        entries = list(report.changes.order_by("position", "id"))
        binding = [each for each in entries if each.kind in ReportedChange.BINDING]
        others = [each for each in entries if each.kind not in ReportedChange.BINDING]
        none = [Para("经核对，该项目自技术方案审定以来无变更。")]
        remark = [Fields([("说明", report.remark.strip())])] if report.remark.strip() else []
        apart = [Heading("未获批准的变更申请（供参阅）"), changes(others)] if others else []
        return official(
            Content(
                title="电子政务项目变更情况表",
                red=False,
                landscape=True,
                on=report.recorded_on,
                blocks=[
                    Fields(
                        [
                            *basics(project)[:4],
                            ("总投资", money(project.investment)),
                            ("填报日期", day(report.recorded_on)),
                        ],
                        across=2,
                    ),
                    Heading("变更事项"),
                    *([changes(binding)] if binding else none),
                    *apart,
                    *remark,
                    Para(
                        "建设单位确认如实报告了全部变更。"
                        if report.confirmed
                        else f"建设单位是否如实报告全部变更：{MISSING}。"
                    ),
                    Signatures(["填报人", "项目负责人", "单位（盖章）", "日期"], [()]),
                ],
            )
        )


@paper("acceptance_signatures", label="验收组签字表", stage="验收", issuer="applicant", source="acceptance_plan")
class AcceptanceSignatures:
    """验收组签字表: the panel, and every member's word on every change (YQ-3.4-17)."""

    def content(self, plan) -> Content:
        """From the arrangement, its panel, and the changes that the project reports."""
        project = plan.project
        panel = list(plan.panel.order_by("position", "id"))
        found = reported(project)
        return official(
            Content(
                title="电子政务项目验收组签字表",
                red=False,
                on=plan.recorded_on,
                blocks=[
                    Fields(
                        [
                            *basics(project)[:3],
                            ("验收日期", day(plan.planned_on)),
                            ("验收地点", filled(plan.place)),
                            ("参加监督的部门", filled(plan.departments) if plan.departments else "未邀请"),
                        ]
                    ),
                    Heading("验收组成员"),
                    signatures(panel),
                    Heading("变更事项认可"),
                    *(recognitions(project, found, panel) if found else [Para("建设单位未报告需要认可的变更。")]),
                ],
            )
        )


def changes(entries) -> Table:
    """The entries of a report."""
    rows = [
        (
            str(at), each.kind, f"变更{each.reference}" if each.reference else "无编号", each.title, day(each.changed_on),
            filled(each.reason),
        )
        for at, each in enumerate(entries, start=1)
    ]  # fmt: skip
    return Table(["序号", "性质", "变更编号", "变更内容", "日期", "变更原因"], rows, widths=[8, 22, 12, 38, 20, 38])


def recognitions(project, found, panel) -> list:
    """A table to sign in for every change; what is on file already is printed, the rest is left to the pen."""
    said = decisions(project)
    blocks = []
    for change in found:
        rows = [(each.name, said.get((change.key, each.name, each.organization)) or PEN) for each in panel]
        blocks += [
            Heading(f"变更{change.number}：{change.title}（{change.kind}）", 2),
            Signatures(["姓名", "意见", "签名", "日期"], rows or [(MISSING, PEN)]),
        ]
    return blocks
