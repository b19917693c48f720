"""Here: 绩效评价报告. Not here: who is evaluated and when (packs), results by unit and year (results.py)."""

from papers.content import Content, Heading, Para, Signatures, Table
from papers.registry import paper
from papers.wording import MISSING, UNKNOWN, day, filled, full_stop
from performance.models import EvaluationResult
from projects.evidence import EVIDENCE
from projects.official import called, invested, issuer, letter, referred, said, under


@paper("performance_report", label="绩效评价报告", stage="绩效", issuer="finance", source="evaluation_result")
class PerformanceReport:
    """绩效评价报告: how it was evaluated, what was found in each dimension, the grade (YQ-3.8-3, YQ-3.8-4)."""

    def content(self, result: EvaluationResult) -> Content:
        """From the result, its findings and experts, the evaluation it ends, and its project."""
        project = result.project
        pack = project.pack
        report = called(pack, "performance_report")
        return letter(
            project,
            f"{{}}{report}",
            Para(
                f"{under(pack, 'performance_report')}，{issuer(pack, 'performance_report')}牵头对"
                f"{referred(project)}进行了{report.removesuffix('报告')}，现将评价情况和结论报告如下："
            ),
            Heading("项目基本情况"),
            Para(self.outline(project)),
            Para(f"建设（运维）目标：{full_stop(filled(project.objective))}"),
            Heading("评价组织情况"),
            *self.organised(result),
            Heading("评价情况"),
            *self.findings(result),
            *promises(project),
            *self.opinions(result),
            Heading("评价结论"),
            Para(f"评价等级为“{result.get_grade_display()}”。"),
            *said(result.opinion),
            Para("本结果供检查、考核以及以后的项目审批和资金安排参考。"),
            *self.signed(result),
            on=result.concluded_on,
        )

    def outline(self, project) -> str:
        """What it is and since when it is used."""
        delivery = EVIDENCE["delivery"].current(project)
        since = f"于{day(delivery.in_service_on)}正式投入使用" if delivery else f"正式投入使用日期{MISSING}"
        return (
            f"该项目由{project.department.name}建设，建设性质为{filled(project.kind)}，{invested(project)}，{since}。"
        )

    def organised(self, result: EvaluationResult) -> list[Para]:
        """Who took part and in which way."""
        start = result.evaluation
        asked = "evaluation_start" in result.project.pack.records
        texts = [f"参加单位：{filled(start.participants) if start else MISSING}。"] if asked else []
        if start and start.arrangement.strip():
            texts.append(f"评价安排：{full_stop(start.arrangement)}")
        if result.method == EvaluationResult.EXPERTS:
            names = [f"{each.name}({filled(each.organization)})" for each in result.experts.order_by("position", "id")]
            texts.append(f"评价方式：组织专家评价。评价专家：{filled(names)}。")
        else:
            contract = f"委托合同编号：{filled(result.contract_number)}"
            texts.append(f"评价方式：委托第三方机构评价。受托机构：{filled(result.firm_name)}，{contract}。")
        return [Para(text) for text in texts]

    def findings(self, result: EvaluationResult) -> list:
        """Dimension by dimension."""
        blocks: list = []
        for each in result.findings.order_by("position", "id"):
            blocks += [Heading(filled(each.dimension), 2), *said(each.finding)]
        return blocks or [Para(f"评价情况{MISSING}。")]

    def opinions(self, result: EvaluationResult) -> list:
        """What those who took part had to say."""
        rows = list(result.evaluation.opinions.filter(voided_at=None).order_by("id")) if result.evaluation else []
        if not rows:
            return []
        return [
            Heading("参加单位意见"),
            *(Para(f"{filled(row.unit)}:{full_stop(filled(row.opinion))}") for row in rows),
        ]

    def signed(self, result: EvaluationResult) -> list:
        """The experts' table to sign in."""
        rows = [(each.name, filled(each.organization)) for each in result.experts.order_by("position", "id")]
        if result.method != EvaluationResult.EXPERTS:
            return []
        return [Heading("评价专家签字"), Signatures(["姓名", "工作单位", "签名"], rows or [(MISSING, MISSING)])]


def promises(project) -> list:
    """What the unit promised in figures and what became of it; nothing where it promised nothing in figures."""
    target = EVIDENCE["performance_target"].current(project)
    lines = list(target.promises.order_by("position", "id")) if target else []
    if not lines:
        return []
    rows = [
        (each.name, each.target, each.accepted.strip() or UNKNOWN, each.actual.strip() or UNKNOWN) for each in lines
    ]
    columns = ["指标", "申报目标", "验收结果", "使用一年后实际"]
    return [Heading("绩效目标完成情况"), Table(columns, rows, widths=[24, 22, 18, 22])]
