"""Here: 变更批复. Not here: what the procedure of a change still lacks (changes.py)."""

from construction.models import ChangeDecision
from construction.models.changes import APPROVE
from papers.content import Annex, Content, Heading, Para, Table
from papers.registry import paper
from papers.wording import MISSING, UNKNOWN, day, filled, full_stop, money, money_in_full
from projects.official import letter, office, referred, said, under
from reviews.documents_scheme import item_table, item_total

ITEM_LIST = "变更后的采购内容清单"


@paper("change_decision", label="变更批复", stage="变更", issuer="centre", source="change_decision")
class ChangeDecisionPaper:
    """变更批复: what is approved, what the investment becomes, through which steps it went (YQ-3.4-14)."""

    def content(self, decision: ChangeDecision) -> Content:
        """From the decision, its request with items and steps, and the project."""
        project, change = decision.project, decision.change
        approved = decision.outcome == APPROVE
        items = list(change.items.order_by("position", "id")) if approved else []
        return letter(
            project,
            f"关于{'' if approved else '不予批准'}{{}}变更的批复",
            Para(
                f"你单位于{day(change.recorded_on)}提交的{referred(project)}变更申请（变更{change.number}：{change.title}）"
                f"收悉。{under(project.pack, 'change_decision')}，经研究，现批复如下："
            ),
            *(self.approved(decision, items) if approved else self.refused(decision)),
            *([Heading("办理经过"), steps] if (steps := procedure(change)) else []),
            Para("此复。"),
            *([Annex(ITEM_LIST), item_table(items), Para(item_total(items))] if items else []),
            on=decision.recorded_on,
        )

    def approved(self, decision: ChangeDecision, items: list) -> list:
        """What is agreed to, in numbered sections."""
        change = decision.change
        plan = "技术方案按重新审查通过的版本执行。" if change.changes_plan else "技术方案不作改动。"
        bought = "变更后的采购内容见附件。" if items else "采购内容不作调整。"
        reason = said(decision.reason) if decision.reason.strip() else []
        return [
            Heading("变更事项"),
            Para(f"同意变更“{change.title}”。"),
            *said(change.description),
            Para(f"变更的必要性：{full_stop(filled(change.necessity))}"),
            Heading("投资调整"),
            Para(_investment(change)),
            Heading("执行要求"),
            Para(f"{plan}{bought}请按本批复组织实施，涉及合同的，依据本批复签订补充协议；验收时应如实报告本次变更。"),
            *reason,
        ]

    def refused(self, decision: ChangeDecision) -> list:
        """Why not, and what holds on."""
        change = decision.change
        return [
            Heading("批复意见"),
            Para(f"对变更“{change.title}”不予批准。理由如下："),
            *said(decision.reason),
            Heading("有关要求"),
            Para("请继续按原已审定的技术方案和核准内容实施，不得自行变更。"),
        ]


def procedure(change) -> Table | None:
    """What was said on this change, in its order: whose step, when, how; None where this place asks for no such steps."""
    pack = change.project.pack
    if not {"change_review", "change_signature"} & set(pack.records):
        return None
    answers = [
        (office(pack, each.recorded_role) + each.step, each)
        for each in change.reviews.filter(voided_at=None).order_by("id")
    ]
    answers += [
        (f"{office(pack, each.recorded_role)}会审", each)
        for each in change.signatures.filter(voided_at=None).order_by("id")
    ]
    rows = [
        (
            str(at), label, day(each.recorded_on), each.outcome,
            full_stop(each.opinion) if each.opinion.strip() else MISSING,
        )
        for at, (label, each) in enumerate(sorted(answers, key=lambda pair: pair[1].recorded_at), start=1)
    ]  # fmt: skip
    rows = rows or [("—", MISSING, MISSING, UNKNOWN, MISSING)]
    return Table(["序号", "环节", "日期", "结论", "意见"], rows, widths=[8, 26, 18, 10, 26])


def _investment(change) -> str:
    if change.new_total is None:
        return f"项目总投资不作调整，仍为{money(change.total_before)}。"
    if change.total_before is None:
        return f"项目总投资调整为{money_in_full(change.new_total)}，变更前总投资{UNKNOWN}。"
    gap = change.new_total - change.total_before
    if not gap:
        return f"项目总投资不作调整，仍为{money(change.total_before)}。"
    how = f"增加{money(gap)}" if gap > 0 else f"减少{money(-gap)}"
    return f"项目总投资由{money(change.total_before)}调整为{money_in_full(change.new_total)}，{how}。"
