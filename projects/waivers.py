"""Here: asking for and deciding exceptions. Not here: which rules can be waived and by whom (packs)."""

from django.db import transaction

from organizations import audit, clock
from projects import events
from projects.errors import Forbidden, Invalid, NotOffered, Refused
from projects.models.exceptions import Waiver
from projects.permissions import may_waive, offices_in_words, roles


@transaction.atomic
def request_waiver(project_id: int, rule_id: str, *, actor, reason: str, basis: str) -> Waiver:
    """Ask for an exception from one rule. Raises Invalid without reason or basis, Refused where nobody may waive."""
    from projects.scope import locked_project

    project = locked_project(actor, project_id)
    rule = project.pack.by_id.get(rule_id)
    missing = {
        name: [{"message": message, "code": "required"}]
        for name, value, message in (
            ("rule", rule, "没有这一条款。"),
            ("reason", reason.strip(), "请写明理由。"),
            ("basis", basis.strip(), "请写明依据。"),
        )
        if not value
    }
    if missing:
        raise Invalid("请按提示补充。", missing)
    if not rule.waivable_by:
        raise Refused(f"{rule.clause}({rule.id})没有例外规定,任何人都不能放行。", ())
    if not roles(actor, project):
        raise Forbidden("只有建设单位或有关部门可以申请例外。", roles=["applicant", *rule.waivable_by])
    waiver = Waiver.objects.create(
        project=project, rule=rule_id, reason=reason, basis=basis, requested_by=actor, requested_on=clock.today()
    )
    audit.record(actor, "waiver.request", target=rule_id, project_id=project.pk)
    events.happened("waiver", project=project, actor=actor, record=waiver)
    return waiver


def may_decide(user, project, waiver: Waiver) -> bool:
    """Whether this person's office decides it; nobody does where the project has come under an instrument without the rule."""
    rule = project.pack.by_id.get(waiver.rule)
    return rule is not None and may_waive(user, project, rule)


@transaction.atomic
def decide_waiver(waiver_id: int, *, actor, grant: bool, note: str = "") -> Waiver:
    """Grant or deny. Only an office that the rule names, and never the person who asked."""
    from projects.scope import locked_project

    waiver = Waiver.objects.get(pk=waiver_id)
    project = locked_project(actor, waiver.project_id)
    waiver = Waiver.objects.select_for_update().get(pk=waiver_id)
    rule = project.pack.by_id.get(waiver.rule)
    if rule is None:
        raise NotOffered(f"{project.pack.doc_no}没有{waiver.rule}这一条,不用再决定。", state=project.state)
    if not may_waive(actor, project, rule):
        raise Forbidden(f"例外由{offices_in_words(project, rule.waivable_by)}决定。", roles=list(rule.waivable_by))
    if waiver.requested_by_id == actor.pk:
        raise Forbidden("申请人与批准人不能是同一人。", roles=list(rule.waivable_by))
    if waiver.decision != Waiver.PENDING:
        raise Invalid("这项例外已经有决定。", {"decision": [{"message": "已经有决定。", "code": "decided"}]})
    waiver.decision = Waiver.GRANTED if grant else Waiver.DENIED
    waiver.decided_by, waiver.decided_on, waiver.decision_note = actor, clock.today(), note
    waiver.save()
    audit.record(actor, "waiver.decide", target=f"{waiver.rule} {waiver.decision}", project_id=project.pk)
    events.happened("waiver", project=project, actor=actor, record=waiver)
    return waiver
