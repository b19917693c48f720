"""Here: answers about supervision and changes that are not simply a field of a record. Not here: judging them (packs)."""

from decimal import Decimal

from construction.changes import (
    adjustments,
    approved_changes,
    live_changes,
    open_changes,
    open_steps,
    rejected_changes,
    requests,
)
from construction.checklist import unanswered
from construction.independence import engagement, undeclared
from organizations import clock
from policies.vocabulary import answers
from projects.evidence import EVIDENCE

NO_CHANGE = "未申请变更"
CERTIFICATE = {
    "certificate_type": "证书类型",
    "certificate_number": "证书编号",
    "certificate_valid_from": "有效期起",
    "certificate_valid_to": "有效期止",
    "certificate_scan": "扫描件",
}
LEADER = {
    "leader": "姓名",
    "leader_certificate_type": "证书类型",
    "leader_certificate_number": "证书编号",
    "leader_certificate_scan": "扫描件",
}


def _newest(project, name: str):
    return EVIDENCE[name].current(project)


def _lacks(record, columns: dict[str, str]) -> list[str] | None:
    return None if record is None else [label for name, label in columns.items() if getattr(record, name) in (None, "")]


@answers("responsibility.duties", kind="number", label="责任分工项数")
def duties(project) -> int | None:
    """Named duties in the present responsibility (YQ-3.6-1)."""
    record = _newest(project, "responsibility")
    return record.duties.count() if record else None


@answers("supervision_engagement.certificate_lacks", kind="list", label="监理资质缺项")
def certificate_lacks(project) -> list[str] | None:
    """What is missing of the supervising firm's certificate (YQ-3.6-9)."""
    return _lacks(_newest(project, "supervision_engagement"), CERTIFICATE)


@answers("supervision_engagement.leader_lacks", kind="list", label="监理负责人证书缺项")
def leader_lacks(project) -> list[str] | None:
    """What is missing of the leader's certificate (YQ-3.6-10)."""
    return _lacks(_newest(project, "supervision_engagement"), LEADER)


@answers("supervision_leader.leader_lacks", kind="list", label="新任监理负责人证书缺项")
def new_leader_lacks(project) -> list[str] | None:
    """What is missing of the new leader's certificate (YQ-3.6-10)."""
    return _lacks(_newest(project, "supervision_leader"), LEADER)


@answers("supervision.leader", kind="text", label="现任监理负责人", by_day=True)
def present_leader(project) -> str | None:
    """The leader of the engagement in force, or whoever has taken over since (YQ-3.6-10)."""
    found = engagement(project)
    if found is None:
        return None
    later = EVIDENCE["supervision_leader"].valid(project).filter(recorded_at__gte=found.recorded_at)
    taken_over = later.filter(effective_on__lte=clock.today()).order_by("-effective_on", "-id").first()
    return (taken_over or found).leader or None


@answers("supervision.undeclared", kind="list", label="未作独立性声明的单位")
def undeclared_firms(project) -> list[str]:
    """Supervisor and contractors that have not declared to be independent; none without supervision (YQ-3.6-11)."""
    return [f"{role}{name}" for role, name in undeclared(project)]


@answers("change_request.unanswered_materials", kind="list", label="变更申请未答复的申报材料")
def unanswered_materials(project) -> list[str] | None:
    """Slots of the filing's checklist that the newest request does not answer (YQ-3.4-14)."""
    record = _newest(project, "change_request")
    return unanswered(record) if record else None


@answers("change_decision.open_steps", kind="list", label="变更尚未完成的环节")
def steps_before_decision(project) -> list[str] | None:
    """Steps missing or not agreed on the change of the newest decision (YQ-3.4-14)."""
    record = _newest(project, "change_decision")
    return open_steps(record.change) if record else None


@answers("change_execution.change_status", kind="text", label="所执行变更的状态")
def executed_change_status(project) -> str | None:
    """Where the change stands that the newest execution is about (YQ-3.4-15)."""
    return _status_behind(_newest(project, "change_execution"))


@answers("contract_amendment.change_status", kind="text", label="合同变更所依据变更的状态")
def amended_change_status(project) -> str | None:
    """Where the change stands that the newest contract amendment is about (YQ-3.4-15)."""
    return _status_behind(_newest(project, "contract_amendment"))


def _status_behind(record) -> str | None:
    if record is None:
        return None
    return record.change.status if record.change else NO_CHANGE


@answers("construction.contract_total", kind="money", label="合同总额(含变更)")
def contract_total(project) -> Decimal | None:
    """Sum in 元 of all contracts, each as last amended; unknown without a contract (YQ-3.4-15, YQ-3.6-5)."""
    amounts = dict(EVIDENCE["contract"].valid(project).values_list("pk", "amount"))
    amendments = EVIDENCE["contract_amendment"].valid(project).order_by("id").values_list("contract_id", "amount")
    amounts |= {contract: amount for contract, amount in amendments if contract in amounts}
    return sum(amounts.values(), Decimal("0.00")) if amounts else None


@answers("changes.count", kind="number", label="变更申请件数")
def count(project) -> int:
    """All requests, whatever became of them (YQ-3.4-16)."""
    return requests(project).count()


@answers("changes.approved", kind="list", label="已批准的变更")
def approved(project) -> list[str]:
    """By number (YQ-3.4-16)."""
    return _titles(approved_changes(project))


@answers("changes.open", kind="list", label="审批中的变更")
def in_procedure(project) -> list[str]:
    """By number (YQ-3.4-14)."""
    return _titles(open_changes(project).order_by("number"))


@answers("changes.rejected", kind="list", label="未获批准或已撤回的变更")
def rejected(project) -> list[str]:
    """Refused, returned or withdrawn, by number (YQ-3.4-16)."""
    return _titles(rejected_changes(project))


@answers("changes.unapproved", kind="list", label="没有批准的变更")
def unapproved(project) -> list[str]:
    """Everything asked for that is not approved, by number (YQ-3.4-15)."""
    return _titles(requests(project).exclude(pk__in=approved_changes(project)).order_by("number"))


@answers("changes.unexecuted", kind="list", label="已批准尚未执行的变更")
def unexecuted(project) -> list[str]:
    """By number (YQ-3.4-15)."""
    return _titles(live_changes(project).filter(decision__isnull=False, execution=None).order_by("number"))


def _titles(changes) -> list[str]:
    return [str(change) for change in changes]


@answers("responsibility.covers", kind="list", label="责任分工所覆盖的事项")
def covers(project) -> list[str] | None:
    """Names of the duties in the present responsibility (ZC-A10-1)."""
    record = _newest(project, "responsibility")
    return list(record.duties.values_list("name", flat=True)) if record else None


@answers("adjustments.total", kind="money", label="自行调整累计数额")
def adjusted_total(project) -> Decimal:
    """Each adjustment counts the larger of its increase and decrease, since the total was last approved (ZC-A15-3, ZC-Q4)."""
    return sum((max(each.increase, each.decrease) for each in adjustments(project)), Decimal("0.00"))


@answers("adjustments.unlinked", kind="list", label="不在批复方案框架内的调整内容")
def unlinked(project) -> list[str] | None:
    """Items of the newest adjustment that name no section of the approved plan; unknown before one (ZC-A15-7)."""
    record = _newest(project, "self_adjustment")
    return [row["name"] for row in record.items if not row["section"]] if record else None
