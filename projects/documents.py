"""Here: the yearly notice, and what the governing office orders about a project. Not here: forms of a filing (documents_filing.py)."""

from papers.content import Content, Heading, Items, Para, Table
from papers.registry import BATCH, PASSAGE, paper
from papers.wording import day, filled, full_stop, money_in_full, official
from policies.loader import load
from policies.pack import MaterialSpec, Pack
from projects.official import (
    NOTIFIED,
    invested,
    issuer,
    letter,
    offices,
    received,
    referred,
    said,
    stage_in_words,
    under,
)

DEMANDS = {
    "always": "应提交",
    "one_of": "提交其中一项",
    "if_exists": "有则提交，没有的逐项注明",
    "optional": "按项目情况提交",
}
KIND = "project.kind"


@paper("filing_notice", label="申报通知", stage="申报", issuer="gov_office", source=BATCH)
class FilingNotice:
    """The yearly call for projects (YQ-3.1-1): who, when, what to hand in."""

    def content(self, batch) -> Content:
        """From the batch and the instrument of its place."""
        pack = load(batch.jurisdiction.pack)
        centre = offices(pack, "centre") or issuer(pack, "filing_notice")
        return official(
            Content(
                title=batch.title,
                to="各有关单位",
                on=batch.published_on,
                blocks=[
                    Para(
                        f"为做好{batch.plan_year}年度电子政务项目的申报和安排，{under(pack, 'filing_notice')}，"
                        "现就有关事项通知如下："
                    ),
                    Heading("申报范围"),
                    Para(
                        f"使用财政资金、计划在{batch.plan_year}年度实施的电子政务项目，建设性质为"
                        f"{'、'.join(pack.kinds)}。项目类别分为：{'、'.join(pack.categories)}。"
                    ),
                    Heading("申报时间"),
                    Para(
                        f"自{day(batch.opens_on)}起，至{day(batch.closes_on)}止，首尾两日均可提交。逾期未提交的，不再列入本批次。"
                    ),
                    Heading("申报材料"),
                    *_materials(pack),
                    *([Heading("其他要求"), *said(batch.requirements)] if batch.requirements.strip() else []),
                    Heading("报送方式"),
                    Para(
                        f"各单位在电子政务项目管理系统中填报并上传材料，提交后由{centre}受理。填报中有疑问的，请与{centre}联系。"
                    ),
                ],
            )
        )


def _materials(pack: Pack) -> list:
    """The slots of a filing with what is asked of each and for which kinds."""
    slots = [spec for spec in pack.materials if "file" in spec.moves]
    if not slots:
        return [Para("按填报页面列明的材料清单提交。")]
    rows = [(str(at), spec.name, _applies(spec), _demand(pack, spec)) for at, spec in enumerate(slots, start=1)]
    return [
        Para("申报时应提交下表所列材料，材料应完整、真实。"),
        Table(["序号", "材料名称", "适用的项目", "要求"], rows, widths=[8, 26, 24, 30]),
    ]


def _demand(pack: Pack, spec: MaterialSpec) -> str:
    """What is asked of a slot; what a clause of its own asks for at filing is no matter of choice."""
    rule = pack.by_id.get(spec.rule)
    asked = spec.required == "optional" and rule and any(check.governs("file") for check in rule.checks)
    return DEMANDS["always" if asked else spec.required]


def _applies(spec: MaterialSpec) -> str:
    """The kinds of projects that a slot is for."""
    kinds = next((each.value for each in spec.when if each.fact == KIND), None)
    return "、".join([kinds] if isinstance(kinds, str) else kinds) if kinds else "所有项目"


@paper("initiation_notice", label="立项通知", stage="评审", issuer="centre", source=PASSAGE)
class InitiationNotice:
    """立项 where an office decides it by a move of its own."""

    def content(self, passage) -> Content:
        """From the passage and its project; the note is a condition, if there is one."""
        project = passage.project
        return letter(
            project,
            "关于同意{}立项的通知",
            Para(
                f"{received(project, 'initiation_notice', '申报材料', project.filed_on)}经研究，同意该项目立项。"
                "现将有关事项通知如下："
            ),
            Heading("项目内容"),
            Para(
                f"建设性质为{filled(project.kind)}，类别为{filled(project.categories)}，申报概算{money_in_full(project.declared_total)}。"
            ),
            Para(f"建设（运维）目标：{full_stop(filled(project.objective))}"),
            Heading("实施要求"),
            Para("请按照审核同意的内容和规模组织实施；确需调整的，按规定办理调整或者变更。"),
            *(said(passage.note) if passage.note.strip() else []),
            NOTIFIED,
            on=passage.on,
        )


class Order:
    """What the governing office orders about a project: its grounds, its position, what follows from it."""

    name = title = decides = ""

    def content(self, passage) -> Content:
        """From the passage: the note is the ground."""
        project = passage.project
        pack = project.pack
        return letter(
            project,
            self.title,
            Para(
                f"你单位的{referred(project)}，建设性质为{filled(project.kind)}，{invested(project)}，目前处于"
                f"{stage_in_words(pack, passage.source)}。{under(pack, self.name)}，经研究，{self.decides}。"
                "现将有关事项通知如下："
            ),
            Heading("事由"),
            *said(passage.note),
            Heading("有关要求"),
            Items(self.asks(project, pack)),
            NOTIFIED,
            on=passage.on,
        )

    def asks(self, project, pack: Pack) -> list[str]:
        """What the unit is to do now."""
        raise NotImplementedError


@paper("suspension_notice", label="暂停通知", stage="全程", issuer="gov_office", source=PASSAGE)
class SuspensionNotice(Order):
    """暂停: nothing goes on until the office lifts it."""

    name, title, decides = "suspension_notice", "关于暂停实施{}的通知", "决定自本通知成文之日起暂停该项目的实施"

    def asks(self, project, pack: Pack) -> list[str]:
        office = offices(pack, *(pack.moves["resume"].by if "resume" in pack.moves else ())) or issuer(pack, self.name)
        return [
            "暂停期间，该项目的后续事项暂不办理，请妥善保管已有的成果、资料和设备。",
            "已签订合同的，请及时告知相关单位，并按合同约定处理暂停期间的事项。",
            f"暂停的原因消除后，请向{office}书面说明情况，由{office}决定是否恢复。",
        ]


@paper("resumption_notice", label="恢复通知", stage="全程", issuer="gov_office", source=PASSAGE)
class ResumptionNotice(Order):
    """恢复: the project goes on where it was suspended."""

    name, title, decides = "resumption_notice", "关于恢复实施{}的通知", "决定恢复该项目的实施"

    def asks(self, project, pack: Pack) -> list[str]:
        return [
            "请从暂停时所处的环节继续办理，此前已经取得的意见和批复继续有效。",
            "进度安排因暂停需要调整的，请及时修订并告知相关单位。",
        ]


@paper("termination_notice", label="终止通知", stage="全程", issuer="gov_office", source=PASSAGE)
class TerminationNotice(Order):
    """终止: the project ends here."""

    name, title, decides = "termination_notice", "关于终止{}的通知", "决定终止该项目"

    def asks(self, project, pack: Pack) -> list[str]:
        return [
            "自本通知成文之日起，该项目不再办理后续事项。",
            "已签订合同的，请依照合同约定妥善处理；已形成的资产和成果，请按规定登记、保管。",
            f"尚未使用的资金，请与{offices(pack, 'finance') or '财政部门'}核对后处理。",
            "项目资料请整理归档。以后确需建设的，应重新申报。",
        ]
