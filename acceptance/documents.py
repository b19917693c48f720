"""Here: 验收监督意见, 验收意见, 整改通知, 备案回执. Not here: the forms that an acceptance is signed on (documents_forms.py)."""

from acceptance.models import (
    AcceptanceConclusion,
    AcceptancePlan,
    ChangeReport,
    ReportedChange,
    ThirdPartyTest,
    TrialRun,
)
from organizations.roles import APPLICANT
from papers.content import Content, Fields, Heading, Para, Signatures, Table
from papers.registry import PAPERS, PASSAGE, paper
from papers.wording import MISSING, UNKNOWN, day, filled, full_stop, money
from projects.evidence import EVIDENCE
from projects.official import (
    basics,
    called,
    instrument,
    invested,
    issuer,
    letter,
    office,
    received,
    referred,
    said,
    under,
)
from projects.papers import issuer_role
from projects.parties import CONTRACTOR, parties


@paper(
    "acceptance_supervision", label="验收监督意见", stage="验收", issuer="gov_office", source="acceptance_supervision"
)
class SupervisionOpinion:
    """验收监督意见: who attended an acceptance and what they have to say (YQ-3.7-7)."""

    def content(self, supervision) -> Content:
        """From the record, those who attended, its arrangement and project."""
        project = supervision.project
        attendees = list(supervision.attendees.order_by("position", "id"))
        rows = [(str(at), each.department, each.person) for at, each in enumerate(attendees, start=1)]
        return letter(
            project,
            "关于{}验收的监督意见",
            Para(
                f"{under(project.pack, 'acceptance_supervision')}，{issuer(project.pack, 'acceptance_supervision')}会同有关部门，于"
                f"{day(supervision.supervised_on)}对你单位组织的{referred(project)}验收进行了监督。"
                f"{_arranged(supervision)}现将监督意见通知如下："
            ),
            Heading("参加监督的部门和人员"),
            Table(["序号", "部门", "人员"], rows or [("—", MISSING, MISSING)], widths=[10, 44, 32]),
            Heading("监督意见"),
            *said(supervision.remark),
            on=supervision.recorded_on,
        )


@paper("acceptance_opinion", label="验收意见", stage="验收", issuer="applicant", source="acceptance_conclusion")
class AcceptanceOpinion:
    """验收意见: the unit's conclusion with what it rests on and the panel's table to sign in (YQ-3.7-2)."""

    words = {
        AcceptanceConclusion.PASSED: "项目通过验收。",
        AcceptanceConclusion.FAILED: "项目未通过验收，应整改后重新组织验收。",
    }

    def content(self, conclusion) -> Content:
        """From the conclusion, its arrangement, and what the project has on file for it."""
        project = conclusion.project
        panel = list(conclusion.plan.panel.order_by("position", "id")) if conclusion.plan else []
        planned = "acceptance_plan" in project.pack.records
        trial = [*_trial(project), *_test(project)]
        changed = _changes(project)
        return letter(
            project,
            f"{{}}{called(project.pack, 'acceptance_opinion')}",
            Para(
                f"{under(project.pack, 'acceptance_opinion')}，{organizers(project)}组织了{referred(project)}验收。"
                f"{_arranged(conclusion)}{f'验收组由{len(panel) or UNKNOWN}人组成。' if planned else ''}验收组听取汇报、查阅资料、"
                "察看系统运行情况并经讨论，形成如下意见："
            ),
            Heading("项目概况"),
            Para(f"该项目为{filled(project.kind)}项目，{invested(project)}，申报概算{money(project.declared_total)}。"),
            *([Heading("试运行和检测情况"), *map(Para, trial)] if trial else []),
            *([Heading("变更情况"), Para(changed)] if changed else []),
            Heading("验收结论"),
            *said(conclusion.opinion),
            Para(self.words[conclusion.conclusion]),
            *([Heading("验收组签字"), signatures(panel)] if planned else []),
            to="" if issuer_role(project, PAPERS["acceptance_opinion"]) == APPLICANT else None,
            on=conclusion.concluded_on,
        )


@paper("rectification_notice", label="整改通知", stage="验收", issuer="applicant", source=PASSAGE)
class RectificationNotice:
    """整改通知: what the contractor is to mend before the project is accepted again."""

    def content(self, passage) -> Content:
        """From the passage, the newest conclusion of its project, and the project's contractors."""
        project = passage.project
        conclusion = EVIDENCE["acceptance_conclusion"].current(project)
        firms = list(dict.fromkeys(each.name for each in parties(project) if each.role == CONTRACTOR))
        opinion = said(conclusion.opinion) if conclusion else [Para(f"验收意见{MISSING}。")]
        from_unit = issuer_role(project, PAPERS["rectification_notice"]) == APPLICANT
        return letter(
            project,
            "关于{}验收整改的通知",
            Para(
                f"{under(project.pack, 'rectification_notice')}，{organizers(project)}组织了{referred(project)}验收，"
                "结论为不通过。现就整改事项通知如下："
            ),
            Heading("验收意见"),
            *opinion,
            Heading("整改要求"),
            *said(passage.note),
            Para("请制定整改措施，逐项落实，完成后书面报告整改情况；经复核符合要求的，重新组织验收。"),
            Heading("其他事项"),
            Para("重新验收通过前，项目不交付使用。整改涉及改变已审定方案的，应先办理变更。"),
            to=("、".join(firms) or "各承建单位") if from_unit else None,
            on=passage.on,
        )


@paper(
    "acceptance_filing_receipt",
    label="备案回执",
    stage="验收",
    issuer="centre",
    source="acceptance_filing_confirmation",
)
class FilingReceiptPaper:
    """备案回执, or what is to be completed before the papers are taken in (YQ-3.7-9)."""

    def content(self, answer) -> Content:
        """From the answer, the filing it is about and the project."""
        project = answer.project
        decided = "予以备案" if answer.accepted else "暂不予备案，请补充完善后重新报送"
        sent = received(project, "acceptance_filing_receipt", "验收材料", answer.filing.submitted_on)
        return letter(
            project,
            "{}验收备案回执" if answer.accepted else "关于补充{}验收备案材料的通知",
            Para(f"{sent}经核对，{decided}。"),
            Fields(self.handed_in(answer.filing)),
            *([Para("说明如下："), *said(answer.remark)] if answer.remark.strip() else []),
            Para(
                f"请妥善保管项目档案。项目正式投入使用后的各项事项，按照{instrument(project.pack)}办理。"
                if answer.accepted
                else "备案完成前，请保持材料与验收时一致。"
            ),
            on=answer.recorded_on,
        )

    def handed_in(self, filing) -> list[tuple[str, str]]:
        """The papers and files as they were sent."""
        return [
            *basics(filing.project)[:3],
            ("报送日期", day(filing.submitted_on)),
            ("报送材料", filled(filing.contents)),
            ("验收材料文件", filing.file.name),
            ("补充材料文件", filing.supplement.name if filing.supplement else "无"),
        ]


def signatures(panel) -> Signatures:
    """A row to sign in for every member of the panel."""
    rows = [(each.name, each.organization, filled(each.role)) for each in panel]
    return Signatures(["姓名", "单位", "组内职责", "签名"], rows or [(MISSING, MISSING, MISSING)])


def organizers(project) -> str:
    """Who holds the acceptance here: those who may conclude it, the unit by its name."""
    by = project.pack.moves["accept"].by
    return "会同".join(project.department.name if role == APPLICANT else office(project.pack, role) for role in by)


def _arranged(record) -> str:
    """When and where; nothing in a place that plans no acceptance. `record` has the `plan`."""
    if "acceptance_plan" not in record.project.pack.records:
        return ""
    plan: AcceptancePlan | None = record.plan
    return f"验收于{day(plan.planned_on)}在{plan.place}进行。" if plan else f"验收时间和地点{MISSING}。"


def _trial(project) -> list[str]:
    """How the trial went; nothing in a place that keeps no record of it."""
    if exempted := EVIDENCE["trial_exemption"].current(project):
        return [f"竣工、试运行不适用，理由：{full_stop(exempted.reason)}"]
    if "trial_run" not in project.pack.records:
        return []
    trial: TrialRun | None = EVIDENCE["trial_run"].current(project)
    if trial is None:
        return [f"试运行情况{MISSING}。"]
    return [f"项目于{day(trial.started_on)}至{day(trial.ended_on)}试运行，结论为{trial.conclusion}。"]


def _test(project) -> list[str]:
    """Who tested it; nothing in a place that keeps no record of it."""
    if "third_party_test" not in project.pack.records:
        return []
    tested: ThirdPartyTest | None = EVIDENCE["third_party_test"].current(project)
    if tested is None:
        return ["未进行第三方检测。"]
    report = f"检测报告编号{filled(tested.report_number)}"
    return [f"{tested.firm_name}于{day(tested.tested_on)}进行了第三方检测，{report}，结论为{filled(tested.conclusion)}。"]


def _changes(project) -> str:
    """What was changed; nothing in a place where units do not report it."""
    if "change_report" not in project.pack.records:
        return ""
    report: ChangeReport | None = EVIDENCE["change_report"].current(project)
    if report is None:
        return f"变更情况报告{MISSING}。"
    counts = {kind: report.changes.filter(kind=kind).count() for kind in ReportedChange.BINDING}
    if not any(counts.values()):
        return "建设单位报告无变更。"
    return (
        f"建设单位报告已批准的变更{counts[ReportedChange.APPROVED]}项，自行申明未经批准的变更"
        f"{counts[ReportedChange.DECLARED]}项，由验收组成员逐项签字。"
    )
